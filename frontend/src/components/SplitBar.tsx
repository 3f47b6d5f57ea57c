import { formatCount } from '../lib/format'
import styles from './SplitBar.module.css'

interface Props {
  sell: number
  hold: number
  buy: number
  /** Formats a part, such as a count or a percentage. */
  write?: (value: number) => string
  label: string
}

/** A bar of three shares in the order of the signals. */
export function SplitBar({ sell, hold, buy, write = formatCount, label }: Props) {
  const total = sell + hold + buy
  const share = (part: number) => ({ flexGrow: total ? part / total : 1 })
  return (
    <div className={styles.split} role="img" aria-label={`${label}: sell ${write(sell)}, hold ${write(hold)}, buy ${write(buy)}`}>
      <div className={styles.bar}>
        <span className={styles.sell} style={share(sell)} />
        <span className={styles.hold} style={share(hold)} />
        <span className={styles.buy} style={share(buy)} />
      </div>
      <div className={styles.legend}>
        <span className={styles.sellText}>
          <i>SELL</i> {write(sell)}
        </span>
        <span>
          <i>HOLD</i> {write(hold)}
        </span>
        <span className={styles.buyText}>
          <i>BUY</i> {write(buy)}
        </span>
      </div>
    </div>
  )
}
