import { data } from '@remix-run/node'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { ReportNotMeDocument } from '@wellness/api-client/generated/graphql'
import { z } from 'zod'
import { apiFor } from '../../../.server/api.ts'
import { doneNews } from '../../../.server/doneNews.ts'
import { FormRefusal } from '../../../.server/formRefusal.ts'
import { submitForm } from '../../../.server/submitForm.ts'
import { LinkCutShort } from '../../../features/mailed-links/LinkCutShort.tsx'
import { linkPageMeta } from '../../../features/mailed-links/linkPageMeta.ts'
import { linkToken } from '../../../features/mailed-links/linkToken.server.ts'
import { readToken } from '../../../features/mailed-links/readToken.server.ts'
import { CardPage } from '../../../ui/CardPage.tsx'
import { FormErrors } from '../../../ui/FormErrors.tsx'
import { PageIntro } from '../../../ui/PageIntro.tsx'
import { SubmitButton } from '../../../ui/SubmitButton.tsx'

export const meta: MetaFunction = () => linkPageMeta('This wasn’t me')

export function loader(args: LoaderFunctionArgs) {
  const { isDone, headers } = doneNews.take(args, 'locked-out')
  return data({ token: readToken(args), isDone }, { headers })
}

export function action(args: ActionFunctionArgs) {
  return submitForm(args, {
    schema: z.object({ token: linkToken }),
    hidden: ['token'],
    async work(input) {
      const { reportNotMe } = await apiFor(args, null).request(ReportNotMeDocument, { input })
      FormRefusal.throwIfAny(reportNotMe.userErrors)
      return doneNews.redirect('/security/not-me', 'locked-out', args)
    },
  })
}

export default function NotMe() {
  const { token, isDone } = useLoaderData<typeof loader>()
  const state = useActionData<typeof action>()
  if (isDone) return <Done />
  if (!token) return <LinkCutShort to="/reset-password" wayOn="Choose a new password" />
  return (
    <CardPage>
      <PageIntro title="It wasn’t you?">
        <p>Then let’s lock out whoever it was. Press the button, and:</p>
      </PageIntro>
      <Form method="post" noValidate className="mt-6 grid gap-6">
        <FormErrors state={state} />
        {state?.codes.includes('INVALID_TOKEN') && (
          <p>
            <Link to="/reset-password" className="link">
              Choose a new password
            </Link>
          </p>
        )}
        <div className="prose">
          <ul>
            <li>every device is signed out, yours too,</li>
            <li>the password stops working,</li>
            <li>if the e-mail address was changed, yours comes back,</li>
            <li>we send you a link to choose a new password.</li>
          </ul>
          <p>If it was you after all, close this page: nothing has changed.</p>
        </div>
        <input type="hidden" name="token" value={token} />
        <SubmitButton busyText="Locking them out…">This wasn’t me</SubmitButton>
      </Form>
    </CardPage>
  )
}

function Done() {
  return (
    <CardPage>
      <PageIntro title="They are locked out">
        <p>Every device is signed out, and the password does not work any more.</p>
      </PageIntro>
      <div className="prose mt-6">
        <p>
          A mail with a link to choose a new password is on its way to you. If it does not come,{' '}
          <Link to="/reset-password" className="link">
            ask for another
          </Link>
          .
        </p>
        <p>
          If others can read your mail, change the password of your mailbox first: with your mail one gets in
          here, too.
        </p>
      </div>
    </CardPage>
  )
}
