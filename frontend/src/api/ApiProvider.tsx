import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import type { Api } from './client'
import type { Connection } from './connection'

const ApiContext = createContext<Api | null>(null)

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return (
    <ApiContext value={api}>
      <Provider value={api.client}>{children}</Provider>
    </ApiContext>
  )
}

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('ApiProvider is missing')
  return api
}

export function useConnection(): Connection {
  const { monitor } = useApi()
  return useSyncExternalStore(monitor.subscribe, monitor.connection)
}

/** Number of recoveries of the connection so far. */
export function useRecoveries(): number {
  const { monitor } = useApi()
  return useSyncExternalStore(monitor.subscribe, monitor.recoveries)
}
