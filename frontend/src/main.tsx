import '@fontsource-variable/inter/wght.css'
import './theme/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { ApiProvider } from './api/ApiProvider'
import { connect } from './api/client'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <ApiProvider api={connect()}>
      <App />
    </ApiProvider>
  </StrictMode>,
)
