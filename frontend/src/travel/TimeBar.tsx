import { useEffect, useRef, useState } from 'react'
import { Provider } from 'urql'
import { useLocation, useSearchParams } from 'wouter'
import { useApi } from '../api/ApiProvider'
import { ShellDocument } from '../api/generated/graphql'
import { useFresh } from '../api/useFresh'
import { Button } from '../components/Button'
import { TimeField } from '../components/TimeField'
import { routeOf } from '../layout/route'
import { formatDateTime } from '../lib/format'
import { toIso, toSeconds } from '../lib/period'
import styles from './TimeBar.module.css'
import { useMoment, useTurn } from './TimeTravel'

/** Milliseconds without a movement of the slider after which the page is turned. */
const SETTLED = 250
const MINUTE = 60
const DAY = 86_400

/** The notice that the page is turned back, with the controls that turn it further and back to now; absent at now. */
export function TimeBar() {
  const { client } = useApi()
  const moment = useMoment()
  if (moment === undefined) return null
  // How far the slider reaches is asked now, not as of the moment.
  return (
    <Provider value={client}>
      <Bar moment={moment} />
    </Provider>
  )
}

function Bar({ moment }: { moment: number }) {
  const turn = useTurn()
  const [path] = useLocation()
  const [search] = useSearchParams()
  const { symbol } = routeOf(path, search)
  const [{ data }] = useFresh(ShellDocument, {}, { every: 30_000 })
  const market = data?.markets.find((other) => other.symbol === symbol) ?? data?.markets[0]
  return (
    <section className={styles.bar} aria-label="Time travel">
      <p className={styles.text} role="status" data-as-of={toIso(moment)}>
        <strong>As of {formatDateTime(moment)} UTC:</strong> what was known then. Live updates and actions are paused.
      </p>
      {market?.firstOpenTime && market.lastOpenTime && (
        <MomentSlider
          first={toSeconds(market.firstOpenTime) + MINUTE}
          last={toSeconds(market.lastOpenTime) + MINUTE}
          moment={moment}
          onTurn={turn}
        />
      )}
      <TimeField label="Moment" hint="Market time" value={moment} onChange={turn} />
      <Button look="primary" onClick={() => turn(undefined)}>
        Back to now
      </Button>
    </section>
  )
}

interface SliderProps {
  /** Epoch seconds, as are the others. */
  first: number
  last: number
  moment: number
  onTurn: (moment: number) => void
}

/** Moves through the recorded time: arrow keys by an hour or, in a short recording, a minute. */
function MomentSlider({ first, last, moment, onTurn }: SliderProps) {
  const [chosen, setChosen] = useState<number>()
  const settled = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(settled.current), [])
  const value = chosen ?? moment
  return (
    <input
      className={styles.slider}
      type="range"
      aria-label="Moment"
      aria-valuetext={`${formatDateTime(value)} UTC`}
      min={first}
      max={Math.max(last, moment)}
      step={last - first > 3 * DAY ? 60 * MINUTE : MINUTE}
      value={value}
      onChange={(event) => {
        const next = Number(event.target.value)
        setChosen(next)
        clearTimeout(settled.current)
        settled.current = setTimeout(() => {
          setChosen(undefined)
          onTurn(next)
        }, SETTLED)
      }}
    />
  )
}
