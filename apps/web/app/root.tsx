import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import type { ShouldRevalidateFunction } from '@remix-run/react'
import type { ReactNode } from 'react'
import { loginCookie } from './.server/loginCookie.ts'
import stylesheet from './app.css?url'
import { ErrorPage } from './root/ErrorPage.tsx'
import { errorText } from './root/errorText.ts'
import { SiteFooter } from './root/SiteFooter.tsx'
import { SiteHeader } from './root/SiteHeader.tsx'
import { useAnchorNavigation } from './root/useAnchorNavigation.ts'
import { useFocusOnArrival } from './root/useFocusOnArrival.ts'
import { useNonce } from './ui/Nonce.tsx'
import { pageTitle } from './ui/pageTitle.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: MetaFunction = ({ error }) => [
  { title: error ? pageTitle(errorText(error).title) : 'Wellness & Sensory Connection Assistant' },
]

/** Whether there is a cookie, no more: a page that needs the login itself asks the API. */
export function loader({ request, context }: LoaderFunctionArgs) {
  return {
    isSignedIn: loginCookie.find(request, context.config) !== null,
    requestId: context.requestId,
  }
}

/** A form that was refused has signed nobody in or out; and offline, a refusal must not become an error page. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) =>
  actionResult === undefined && defaultShouldRevalidate

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const root = useRouteLoaderData<typeof loader>('root')
  const main = useFocusOnArrival()
  useAnchorNavigation()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#FFF5F7" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#2B2B2B" media="(prefers-color-scheme: dark)" />
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col bg-page font-sans text-ink">
        <a
          href="#main"
          className="absolute left-4 top-2 z-10 -translate-y-20 rounded-lg bg-surface px-4 py-2 text-link focus:translate-y-0"
        >
          Skip to the content
        </a>
        <SiteHeader isSignedIn={root?.isSignedIn ?? false} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className="mx-auto w-full max-w-5xl grow px-4 pb-16 pt-4 sm:px-8 sm:pt-10"
        >
          {children}
        </main>
        <SiteFooter />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const root = useRouteLoaderData<typeof loader>('root')
  return <ErrorPage error={useRouteError()} requestId={root?.requestId} />
}
