import type { Client } from 'urql'
import {
  CandleRecordedDocument,
  type CandleRecordedSubscription,
  ModelsChangedDocument,
  PredictionsRecordedDocument,
  type SignalFactsFragment,
} from '../api/generated/graphql'
import { follow } from './follow'

export type RecordedCandle = CandleRecordedSubscription['candleRecorded']

/** Events since the last batch, in order of arrival. */
export interface LiveBatch {
  candles: readonly RecordedCandle[]
  predictions: readonly SignalFactsFragment[]
  /** Events are missing, because too many came at once (a page in the background) or a stream was interrupted. Fetch instead. */
  missed: boolean
}

/** Latest state of the market, replaced as a whole on each change. */
export interface LiveState {
  candle: RecordedCandle | undefined
  /** Latest prediction of each version that has streamed any. */
  signals: ReadonlyMap<string, SignalFactsFragment>
  /** Number of changes of models, slots or training so far. */
  modelChanges: number
  /** Number of candles received so far. */
  candleCount: number
  /** Number of interruptions with missed events so far. */
  holes: number
}

const FLUSH_EVERY = 80
const KEEP = 5_000

/**
 * The three subscriptions of one market, collected in batches so that the page redraws at most a dozen times a second, however fast
 * a simulated market runs.
 */
export class LiveFeed {
  private current: LiveState = { candle: undefined, signals: new Map(), modelChanges: 0, candleCount: 0, holes: 0 }
  private candles: RecordedCandle[] = []
  private predictions: SignalFactsFragment[] = []
  private changes = 0
  private missed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly batchListeners = new Set<(batch: LiveBatch) => void>()
  private readonly stateListeners = new Set<() => void>()
  private stops: (() => void)[] = []

  constructor(
    private readonly client: Client,
    readonly symbol: string,
  ) {}

  start(): () => void {
    const variables = { symbol: this.symbol }
    const missed = () => {
      this.missed = true
      this.schedule()
    }
    const changed = () => {
      this.changes += 1
      this.schedule()
    }
    const { client } = this
    this.stops = [
      follow(client, CandleRecordedDocument, variables, (data) => this.addCandle(data.candleRecorded), missed),
      follow(
        client,
        PredictionsRecordedDocument,
        variables,
        (data) => this.addPredictions(data.predictionsRecorded.predictions),
        missed,
      ),
      follow(client, ModelsChangedDocument, variables, changed, changed),
    ]
    return () => {
      for (const stop of this.stops) stop()
      clearTimeout(this.timer)
      this.timer = undefined
    }
  }

  readonly state = (): LiveState => this.current

  readonly subscribe = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  onBatch(listener: (batch: LiveBatch) => void): () => void {
    this.batchListeners.add(listener)
    return () => this.batchListeners.delete(listener)
  }

  private addCandle(candle: RecordedCandle): void {
    if (this.candles.length >= KEEP) this.missed = true
    else this.candles.push(candle)
    this.schedule()
  }

  private addPredictions(predictions: readonly SignalFactsFragment[]): void {
    if (this.predictions.length >= KEEP) this.missed = true
    else this.predictions.push(...predictions)
    this.schedule()
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flush(), FLUSH_EVERY)
  }

  private flush(): void {
    const { candles, predictions, changes, missed } = this
    this.timer = undefined
    this.candles = []
    this.predictions = []
    this.changes = 0
    this.missed = false

    this.current = {
      candle: newest(this.current.candle, candles),
      signals: latest(this.current.signals, predictions),
      modelChanges: this.current.modelChanges + changes,
      candleCount: this.current.candleCount + candles.length,
      holes: this.current.holes + (missed ? 1 : 0),
    }
    if (candles.length || predictions.length || missed) {
      for (const listener of this.batchListeners) listener({ candles, predictions, missed })
    }
    for (const listener of this.stateListeners) listener()
  }
}

function newest(known: RecordedCandle | undefined, arrived: readonly RecordedCandle[]): RecordedCandle | undefined {
  let result = known
  for (const candle of arrived) {
    if (!result || Date.parse(candle.candle.openTime) >= Date.parse(result.candle.openTime)) result = candle
  }
  return result
}

function latest(
  known: ReadonlyMap<string, SignalFactsFragment>,
  arrived: readonly SignalFactsFragment[],
): ReadonlyMap<string, SignalFactsFragment> {
  if (arrived.length === 0) return known
  const result = new Map(known)
  for (const prediction of arrived) {
    const before = result.get(prediction.version)
    if (!before || Date.parse(prediction.openTime) >= Date.parse(before.openTime)) {
      result.set(prediction.version, prediction)
    }
  }
  return result
}
