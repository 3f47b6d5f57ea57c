import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../components/Button'
import { TimeField } from '../../components/TimeField'
import { Toggle } from '../../components/Toggle'
import type { Choice } from './articles'
import styles from './NewsFilter.module.css'

interface Props {
  choice: Choice
  onChoose: (choice: Choice) => void
  symbols: readonly string[]
  /** Sources of the articles loaded so far. */
  sources: readonly string[]
  /** Market time, in epoch seconds. */
  now: number
}

export function NewsFilter({ choice, onChoose, symbols, sources, now }: Props) {
  const known = useId()
  const [all, setAll] = useState(false)
  const latest = (days: number) => onChoose({ ...choice, from: Math.floor(now / 60) * 60 - days * 86_400, to: undefined })
  const limited = choice.from !== undefined || choice.to !== undefined

  return (
    <form className={`${styles.filter} ${all ? styles.all : ''}`} role="search" onSubmit={(event) => event.preventDefault()} aria-label="Selection of articles">
      <label className={styles.search}>
        <span>
          Search <span className={styles.hint}>“a phrase”, this or that, -without</span>
        </span>
        <Typed
          type="search"
          label="Search"
          value={choice.text}
          placeholder="Words of title, summary or text"
          onChange={(text) => onChoose({ ...choice, text })}
        />
      </label>
      <label>
        Symbol
        <select value={choice.symbol ?? ''} onChange={(event) => onChoose({ ...choice, symbol: event.target.value || undefined })}>
          {symbols.map((symbol) => (
            <option key={symbol}>{symbol}</option>
          ))}
          <option value="">All symbols</option>
        </select>
      </label>
      <label title="Name of the publisher as shown beside its articles">
        Source
        <Typed
          label="Source"
          value={choice.source}
          placeholder="All sources"
          list={known}
          onChange={(source) => onChoose({ ...choice, source })}
        />
        <datalist id={known}>
          {sources.map((source) => (
            <option key={source} value={source} />
          ))}
        </datalist>
      </label>
      <TimeField label="From" value={choice.from} onChange={(from) => onChoose({ ...choice, from })} />
      <TimeField label="To" value={choice.to} onChange={(to) => onChoose({ ...choice, to })} />
      <div className={styles.quick}>
        <Button onClick={() => latest(1)}>Last day</Button>
        <Button onClick={() => latest(7)}>Last week</Button>
        <Button disabled={!limited} onClick={() => onChoose({ ...choice, from: undefined, to: undefined })}>
          Any time
        </Button>
        <span className={styles.onPhone}>
          <Toggle pressed={all} title="Symbol, source, period and repetitions" onChange={setAll}>
            Filters
          </Toggle>
        </span>
        <span className={styles.extra}>
          <Toggle
            pressed={choice.repetitions}
            title="Articles that repeat another one's news"
            onChange={(repetitions) => onChoose({ ...choice, repetitions })}
          >
            Repetitions
          </Toggle>
        </span>
      </div>
    </form>
  )
}

const PAUSE = 350

interface TypedProps {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  type?: string
  placeholder?: string
  list?: string
}

/** A text input that takes effect when typing pauses, or at once on Enter. */
function Typed({ label, value, onChange, ...rest }: TypedProps) {
  const [text, setText] = useState(value ?? '')
  const meant = text.trim() || undefined
  // The page is redrawn repeatedly while someone types.
  const act = useRef(onChange)
  act.current = onChange
  useEffect(() => setText((now) => ((now.trim() || undefined) === value ? now : (value ?? ''))), [value])
  useEffect(() => {
    if (meant === value) return
    const timer = setTimeout(() => act.current(meant), PAUSE)
    return () => clearTimeout(timer)
  }, [meant, value])
  return (
    <input
      {...rest}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && meant !== value && onChange(meant)}
    />
  )
}
