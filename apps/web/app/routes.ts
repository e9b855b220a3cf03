import { index, layout, route } from '@remix-run/route-config'
import type { RouteConfig } from '@remix-run/route-config'

/** Every address and the folder that answers it. */
export default [
  index('routes/home/route.tsx'),
  route('sign-up', 'routes/sign-up/route.tsx'),
  route('sign-up/sent', 'routes/sign-up/sent/route.tsx'),
  route('sign-up/complete', 'routes/sign-up/complete/route.tsx'),
  route('sign-in', 'routes/sign-in/route.tsx'),
  route('reset-password', 'routes/reset-password/route.tsx'),
  route('reset-password/sent', 'routes/reset-password/sent/route.tsx'),
  route('reset-password/complete', 'routes/reset-password/complete/route.tsx'),
  route('confirm-email', 'routes/confirm-email/route.tsx'),
  route('security/not-me', 'routes/security/not-me/route.tsx'),
  route('sign-out', 'routes/sign-out/route.tsx'),
  route('today', 'routes/today/route.tsx'),
  route('session', 'routes/session/route.tsx'),
  route('session/beat', 'routes/session/beat/route.ts'),
  route('session/:sessionId', 'routes/session/over/route.tsx'),
  route('history', 'routes/history/route.tsx'),
  route('settings', 'routes/settings/route.ts'),
  layout('routes/settings/SettingsFrame.tsx', [
    route('settings/profile', 'routes/settings/profile/route.tsx'),
    route('settings/password', 'routes/settings/password/route.tsx'),
    route('settings/email', 'routes/settings/email/route.tsx'),
    route('settings/devices', 'routes/settings/devices/route.tsx'),
    route('settings/activity', 'routes/settings/activity/route.tsx'),
    route('settings/data', 'routes/settings/data/route.tsx'),
    route('settings/data/delete', 'routes/settings/data/delete/route.tsx'),
  ]),
  route('settings/data/export', 'routes/settings/data/export/route.ts'),
  route('settings/confirm', 'routes/settings/confirm/route.tsx'),
  route('goodbye', 'routes/goodbye/route.tsx'),
  route('support', 'routes/support/route.tsx'),
  route('privacy', 'routes/privacy/route.tsx'),
  route('terms', 'routes/terms/route.tsx'),
  route('*', 'routes/not-found/route.tsx'),
] satisfies RouteConfig
