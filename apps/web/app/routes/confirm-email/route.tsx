import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { doneNews } from '../../.server/doneNews.ts'
import { LinkCutShort } from '../../features/mailed-links/LinkCutShort.tsx'
import { linkPageMeta } from '../../features/mailed-links/linkPageMeta.ts'
import { readToken } from '../../features/mailed-links/readToken.server.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CardPage } from '../../ui/CardPage.tsx'
import { FormErrors } from '../../ui/FormErrors.tsx'
import { PageIntro } from '../../ui/PageIntro.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { confirmEmail } from './confirmEmail.server.ts'

export const meta: MetaFunction = () => linkPageMeta('Your new e-mail address')

export function loader(args: LoaderFunctionArgs) {
  const { isDone, headers } = doneNews.take(args, 'new-address')
  return data({ token: readToken(args), isDone }, { headers })
}

export function action(args: ActionFunctionArgs) {
  return confirmEmail(args)
}

export default function ConfirmEmail() {
  const { token, isDone } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (isDone) return <Done />
  if (!token) return <LinkCutShort to="/settings/email" wayOn="Ask for a new link" />
  return (
    <CardPage>
      <PageIntro title="Use this address?">
        <p>From then on you sign in with the e-mail address that this link was sent to.</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-6 grid gap-6">
        <FormErrors state={state} />
        {state?.codes.includes('INVALID_TOKEN') && (
          <p>
            <Link to="/settings/email" className="link">
              Ask for a new link
            </Link>
          </p>
        )}
        <p>Every other device is signed out. We tell your old address that it was changed.</p>
        <input type="hidden" name="token" value={token} />
        <SubmitButton busyText="Changing it…">Use this address</SubmitButton>
      </Form>
    </CardPage>
  )
}

function Done() {
  return (
    <CardPage>
      <PageIntro title="Your address is changed">
        <p>From now on you sign in with the new one. Every other device is signed out.</p>
      </PageIntro>
      <p className="mt-8">
        <ButtonLink to="/today">Go on</ButtonLink>
      </p>
    </CardPage>
  )
}
