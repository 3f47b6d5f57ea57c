import type { CycleRunsQuery } from '../../api/generated/graphql'
import { formatDateTime } from '../../lib/format'
import styles from './RunDetails.module.css'

type Rental = CycleRunsQuery['trainingCycles']['edges'][number]['node']['runs'][number]['rentals'][number]

/** The machines rented for a run, with their prices and costs. */
export function Rentals({ rentals }: { rentals: readonly Rental[] }) {
  return (
    <section aria-label="Machines of the run">
      <h3>Machines of the run</h3>
      <ul className={styles.rentals}>
        {rentals.map((rental) => (
          <li key={rental.id}>
            {rental.gpu}
            {rental.contract != null && `, contract ${rental.contract}`}, {rental.pricePerHour} USD an hour, from {formatDateTime(rental.from)} UTC:{' '}
            {rental.cost == null ? `goes on, at most ${rental.reserved} USD` : `${rental.cost} USD`}
            {rental.reason && ` (${rental.reason})`}
          </li>
        ))}
      </ul>
    </section>
  )
}
