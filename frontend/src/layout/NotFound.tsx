import { Link } from 'wouter'
import { Waiting } from '../components/Waiting'
import { Page } from './Page'

export function NotFound() {
  return (
    <Page title="No such page" hideTitle>
      <Waiting title="There is no such page" busy={false}>
        <Link href="/">Go to the market</Link>
      </Waiting>
    </Page>
  )
}
