import { useEffect, useRef, useState } from 'react'
import type { MarketFactsFragment } from '../../api/generated/graphql'
import { formatPrice, formatSigned } from '../../lib/format'
import { useLive } from '../../live/LiveProvider'
import styles from './PriceHeader.module.css'

interface Props {
  market: MarketFactsFragment
  /** Price at the start of the period. */
  reference: number | undefined
  /** Name of the period that starts at `reference`. */
  period: string
}

/** Shows the newest price, which flashes in the direction of its change. */
export function PriceHeader({ market, reference, period }: Props) {
  const candle = useLive((state) => state.candle)
  const text = candle?.candle.close ?? market.lastClose
  const price = text == null ? undefined : Number(text)
  const change = price !== undefined && reference ? price / reference - 1 : undefined
  const direction = useDirection(price)

  return (
    <div className={styles.header}>
      <div>
        <div className={styles.symbol}>{market.symbol}</div>
        <div className={styles.description} title={market.description}>
          {market.description}
        </div>
      </div>
      {price !== undefined && (
        <div className={styles.figures}>
          <span
            key={direction.count}
            className={`${styles.price} ${direction.count ? styles[direction.way] : ''}`}
            data-testid="live-price"
          >
            {formatPrice(price)}
          </span>
          <span className={styles.change}>
            <span className={change === undefined ? undefined : change >= 0 ? styles.good : styles.bad}>
              {formatSigned(change)}
            </span>{' '}
            {period.charAt(0).toLowerCase() + period.slice(1)}
          </span>
        </div>
      )}
    </div>
  )
}

function useDirection(price: number | undefined): { way: 'up' | 'down'; count: number } {
  const before = useRef(price)
  const [state, setState] = useState<{ way: 'up' | 'down'; count: number }>({ way: 'up', count: 0 })
  useEffect(() => {
    if (price !== undefined && before.current !== undefined && price !== before.current) {
      const way = price > before.current ? 'up' : 'down'
      setState(({ count }) => ({ way, count: count + 1 }))
    }
    before.current = price
  }, [price])
  return state
}
