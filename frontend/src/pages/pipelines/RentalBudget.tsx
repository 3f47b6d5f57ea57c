import { RentalBudgetDocument } from '../../api/generated/graphql'
import { useFresh } from '../../api/useFresh'
import { Panel } from '../../components/Panel'
import { useNow } from '../../lib/useNow'
import styles from './RentalBudget.module.css'

/** Money for rented machines in this month by wall time; nothing where none was ever rented. */
export function RentalBudget() {
  const month = new Date(useNow()).toISOString().slice(0, 7)
  const [{ data }] = useFresh(RentalBudgetDocument, { month }, { every: 30_000 })
  const budget = data?.rentalBudget
  if (!budget || budget.monthLimit == null) return null
  return (
    <Panel title="Rented machines" note={`in ${budget.month}, in USD`}>
      <dl className={styles.list}>
        <dt>Spent</dt>
        <dd>{budget.spent}</dd>
        <dt>Reserved</dt>
        <dd>{budget.reserved}</dd>
        <dt>Limit of a month</dt>
        <dd>{budget.monthLimit}</dd>
        <dt>Limit of a cycle</dt>
        <dd>{budget.cycleLimit}</dd>
      </dl>
    </Panel>
  )
}
