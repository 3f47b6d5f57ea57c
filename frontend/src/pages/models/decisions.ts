import type { ModelsQuery } from '../../api/generated/graphql'
import { versionParts } from '../../lib/format'

export type Model = ModelsQuery['models'][number]
export type Version = Model['versions'][number]

/** A decision that a person can make about a version. */
export interface Decision {
  kind: 'promote' | 'rollBack' | 'pin' | 'unpin' | 'archive'
  /** Label of the button. */
  label: string
  /** Question above the confirmation, without the version's name. */
  question: string
  /** What follows, a sentence each. */
  effects: readonly string[]
  /** Reason why the server would refuse it now, and the way on. */
  hindrance?: string | undefined
}

/** Returns the decisions that make sense for a version in its state, most likely first. */
export function decisionsOf(model: Model, version: Version): Decision[] {
  if (version.state === 'PURGED' || version.state === 'PROMOTING') return []
  const others = model.versions.filter((other) => other.id !== version.id)
  const current = others.find((other) => other.slot === 'CURRENT')
  const previous = others.find((other) => other.slot === 'PREVIOUS')
  const promoting = others.find((other) => other.state === 'PROMOTING')
  const waits = promoting && `Version ${promoting.number} is being promoted. Try again when that has ended.`
  const pinned = model.pin ? `The model is pinned at version ${versionParts(model.pin.version).number}. Unpin it first.` : undefined
  const me = `Version ${version.number}`

  const archive = (effects: readonly string[], hindrance?: string): Decision => ({
    kind: 'archive',
    label: 'Archive',
    question: 'Archive',
    effects,
    hindrance,
  })

  switch (version.slot) {
    case 'BASELINE':
      return []
    case 'PREVIOUS':
      return [archive([`${me} leaves v2 and stops predicting.`, KEPT], waits)]
    case 'CURRENT':
      return [
        {
          kind: 'rollBack',
          label: 'Roll back',
          question: 'Roll back',
          effects: [
            previous ? `Version ${previous.number} becomes v3, current, and version ${version.number} becomes v2, previous.` : '',
            'Both change places in one step, and both go on predicting.',
          ].filter(Boolean),
          hindrance: pinned ?? waits ?? (previous ? undefined : 'There is no previous version to roll back to.'),
        },
        model.pin
          ? {
              kind: 'unpin',
              label: 'Unpin',
              question: 'Unpin the model at',
              effects: ['The next version that passes the promotion policy replaces it.'],
            }
          : {
              kind: 'pin',
              label: 'Pin',
              question: 'Pin the model at',
              effects: [`No promotion and no rollback replaces version ${version.number} until the model is unpinned.`, 'New versions are still trained and registered.'],
              hindrance: waits,
            },
        archive(
          [
            previous
              ? `${me} leaves v3 and stops predicting; version ${previous.number} moves up to v3, current.`
              : `${me} leaves v3 and stops predicting; no version is current until the next promotion.`,
            KEPT,
          ],
          pinned ?? waits,
        ),
      ]
    default:
      return [
        {
          kind: 'promote',
          label: version.state === 'ARCHIVED' ? 'Promote again' : 'Promote',
          question: version.state === 'ARCHIVED' ? 'Promote again' : 'Promote',
          effects: promotionEffects(version, current, previous),
          hindrance: pinned ?? waits,
        },
        ...(version.state === 'ARCHIVED' ? [] : [archive([KEPT])]),
      ]
  }
}

const KEPT = 'Its artifact is kept while it is among the last 10 versions out of the slots, and it can be promoted again.'

function promotionEffects(version: Version, current: Version | undefined, previous: Version | undefined): string[] {
  const moves = [`version ${version.number} becomes v3, current`]
  if (current) moves.push(`version ${current.number} becomes v2, previous`)
  if (current && previous) moves.push(`version ${previous.number} is archived`)
  return [
    'The promotion policy is not applied: the decision is yours.',
    'Its lane joins the live stream and its past predictions are computed.',
    `Then the slots change in one step: ${moves.join(', ')}.`,
  ]
}
