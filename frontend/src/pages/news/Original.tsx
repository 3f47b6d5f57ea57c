import type { ReactNode } from 'react'

/** A host that cannot exist (RFC 2606), as in addresses of generated articles. */
const NOWHERE = /\.invalid$/

/** A link to the publisher's page, if the address is a web address. */
export function Original({ url, children }: { url: string; children: ReactNode }) {
  const { protocol, host } = new URL(url, 'about:blank')
  if (!/^https?:$/.test(protocol) || NOWHERE.test(host)) return <>{children}</>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={`Opens ${host}`}>
      {children}
    </a>
  )
}
