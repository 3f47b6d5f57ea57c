import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react'
import { Provider } from 'urql'
import { Router, useSearchParams } from 'wouter'
import { type BrowserLocationHook, useBrowserLocation } from 'wouter/use-browser-location'
import { useApi } from '../api/ApiProvider'
import { toIso } from '../lib/period'
import { AS_OF, momentOf, withMoment } from './address'

const MomentContext = createContext<number | undefined>(undefined)

const currentMoment = (): string | null => new URLSearchParams(window.location.search).get(AS_OF)

const useLocationKeepingMoment: BrowserLocationHook = (options) => {
  const [path, navigate] = useBrowserLocation(options)
  const keeping: typeof navigate = useCallback(
    (to, options) => navigate(withMoment(String(to), currentMoment()), options),
    [navigate],
  )
  return [path, keeping]
}

/** Turns everything inside to the moment in the address: queries are asked as of it, and links keep it. */
export function TimeTravel({ children }: { children: ReactNode }) {
  return (
    <Router hook={useLocationKeepingMoment} hrefs={(href) => withMoment(href, currentMoment())}>
      <AtMoment>{children}</AtMoment>
    </Router>
  )
}

function AtMoment({ children }: { children: ReactNode }) {
  const [search] = useSearchParams()
  const moment = momentOf(search)
  const api = useApi()
  const client = useMemo(
    () => (moment === undefined ? api.client : api.clientAsOf(toIso(moment))),
    [api, moment],
  )
  return (
    <MomentContext value={moment}>
      <Provider value={client}>{children}</Provider>
    </MomentContext>
  )
}

/** Returns the moment to which the page is turned back, in epoch seconds; undefined for now. */
export const useMoment = (): number | undefined => useContext(MomentContext)

/** Returns a function that turns the page to a moment in epoch seconds, or to now. */
export function useTurn(): (moment: number | undefined) => void {
  const [, setSearch] = useSearchParams()
  return useCallback(
    (moment) =>
      setSearch(
        (before) => {
          if (moment === undefined) before.delete(AS_OF)
          else before.set(AS_OF, toIso(moment))
          return before
        },
        { replace: true },
      ),
    [setSearch],
  )
}
