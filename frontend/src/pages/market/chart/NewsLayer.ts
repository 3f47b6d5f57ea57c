import type { IChartApiBase, ISeriesPrimitive, PrimitiveHoveredItem, SeriesAttachedParameter, Time } from 'lightweight-charts'
import { barsOf, type Cluster, cluster, type Mark } from './marks'
import type { Palette } from './palette'
import { bucketOf } from './series'
import { FONT } from './SignalLayer'

type Target = Parameters<
  NonNullable<ReturnType<NonNullable<ReturnType<NonNullable<ISeriesPrimitive['paneViews']>>[number]>['renderer']>>['draw']
>[0]

/** Position of a cluster, in pixels of the pane. */
export interface Placed {
  cluster: Cluster
  x: number
  y: number
}

/** Height of the row of marks, in pixels. */
export const MARK_ROW = 22
const RADIUS = 4.5
const CROWD_RADIUS = 8.5
/** Distance in pixels within which a mark is hit. */
const NEAR = 13

/** Draws articles in a row above the versions' strips; marks that would overlap are drawn as one with a count. */
export class NewsLayer implements ISeriesPrimitive<Time> {
  private chart: IChartApiBase<Time> | undefined
  private redraw: () => void = () => undefined
  private marks: readonly Mark[] = []
  private start = 0
  private bucket = 60
  /** Height of the strips below the row. */
  private below = 0
  private gap = 0
  private clusters: readonly Cluster[] = []
  private placed: readonly Placed[] = []
  private chosen: number | undefined
  private palette: Palette
  private readonly views = [
    { zOrder: () => 'top' as const, renderer: () => ({ draw: (target: Target) => this.draw(target) }) },
  ]

  constructor(
    palette: Palette,
    private readonly onPlaced: (placed: readonly Placed[]) => void,
  ) {
    this.palette = palette
  }

  attached({ chart, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.chart = chart
    this.redraw = requestUpdate
  }

  paneViews() {
    return this.views
  }

  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    const found = this.at(x, y)
    return found ? { externalId: String(found.cluster.time), cursorStyle: 'pointer', zOrder: 'top' } : null
  }

  show(marks: readonly Mark[], start: number, bucket: number, below: number): void {
    if (marks !== this.marks || bucket !== this.bucket) this.gap = 0
    this.marks = marks
    this.start = start
    this.bucket = bucket
    this.below = below
    this.redraw()
  }

  recolour(palette: Palette): void {
    this.palette = palette
    this.redraw()
  }

  /** Highlights one cluster. */
  choose(time: number | undefined): void {
    if (time === this.chosen) return
    this.chosen = time
    this.redraw()
  }

  /** Returns the cluster at a position of the pane. */
  at(x: number, y: number): Placed | undefined {
    let best: Placed | undefined
    for (const placed of this.placed) {
      if (Math.abs(y - placed.y) > NEAR || Math.abs(x - placed.x) > NEAR) continue
      if (!best || Math.abs(x - placed.x) < Math.abs(x - best.x)) best = placed
    }
    return best
  }

  /** Returns the clusters in view, oldest first. */
  visible(): readonly Placed[] {
    return this.placed
  }

  private draw(target: Target): void {
    const scale = this.chart?.timeScale()
    this.placed = []
    if (!scale || this.marks.length === 0) return
    const gap = barsOf(2 * CROWD_RADIUS, scale.options().barSpacing) * this.bucket
    if (gap !== this.gap) this.clusters = cluster(this.marks, gap)
    this.gap = gap
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      const y = mediaSize.height - this.below - MARK_ROW / 2
      const placed: Placed[] = []
      for (const each of this.clusters) {
        const index = (bucketOf(each.time, this.bucket) - this.start) / this.bucket
        const x = scale.logicalToCoordinate(index as Parameters<typeof scale.logicalToCoordinate>[0])
        if (x === null || x < 0 || x > mediaSize.width) continue
        placed.push({ cluster: each, x, y })
        this.mark(context, each, x, y)
      }
      this.placed = placed
      this.onPlaced(placed)
      context.globalAlpha = 1
    })
  }

  private mark(context: CanvasRenderingContext2D, { time, marks }: Cluster, x: number, y: number): void {
    const chosen = time === this.chosen
    const crowd = marks.length > 1
    const radius = (crowd ? CROWD_RADIUS : RADIUS) + (chosen ? 1.5 : 0)
    if (chosen) {
      context.save()
      context.globalAlpha = 0.7
      context.strokeStyle = this.palette.accent
      context.setLineDash([3, 3])
      context.beginPath()
      context.moveTo(x, 0)
      context.lineTo(x, y - radius)
      context.stroke()
      context.restore()
    }
    context.globalAlpha = 1
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fillStyle = this.palette.accent
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = this.palette.panel
    context.stroke()
    if (!crowd) return
    context.font = `650 ${marks.length > 99 ? 8 : 10}px ${FONT}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillStyle = this.palette.panel
    context.fillText(marks.length > 999 ? '…' : String(marks.length), x, y + 0.5)
    context.textAlign = 'start'
  }
}
