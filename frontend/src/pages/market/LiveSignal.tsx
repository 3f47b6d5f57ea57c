import type { SignalFactsFragment } from '../../api/generated/graphql'
import { Badge } from '../../components/Badge'
import { SignalTag } from '../../components/SignalTag'
import { SlotTag } from '../../components/SlotTag'
import { SplitBar } from '../../components/SplitBar'
import { familyName } from '../../lib/family'
import { formatDate, formatDateTime, formatTime, versionParts } from '../../lib/format'
import styles from './LiveSignal.module.css'
import type { LiveVersion } from './liveVersion'

interface Props {
  version: LiveVersion
  prediction: SignalFactsFragment | undefined
}

export function LiveSignal({ version, prediction }: Props) {
  return (
    <li className={styles.item} data-testid={`signal-${version.slot}`}>
      <div className={styles.head}>
        {version.slot && <SlotTag slot={version.slot} />}
        <span className={styles.name}>
          {familyName(versionParts(version.id).family)} {version.number}
        </span>
        <span className={styles.signal}>
          {prediction ? <SignalTag signal={prediction.signal} large /> : <span className={styles.none}>no prediction yet</span>}
        </span>
      </div>
      {prediction && (
        <SplitBar
          label="Probabilities"
          sell={prediction.sell}
          hold={prediction.hold}
          buy={prediction.buy}
          write={(p) => `${(p * 100).toFixed(1)} %`}
        />
      )}
      <div className={styles.foot}>
        {prediction && (
          <span>
            <span title="Open time of the last closed bar">bar {formatTime(prediction.openTime)}</span> · recorded{' '}
            {formatTime(prediction.recordedAt)} UTC
          </span>
        )}
        {prediction && prediction.origin !== 'LIVE' && (
          <Badge tone="warn" title="Recorded after part of its outcome was known">
            {prediction.origin}
          </Badge>
        )}
        {version.expired && (
          <Badge tone="bad" title={`Due for retraining since ${formatDateTime(version.expiresAt)} UTC`}>
            EXPIRED {formatDate(version.expiresAt)}
          </Badge>
        )}
      </div>
    </li>
  )
}
