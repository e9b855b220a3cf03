import fc from 'fast-check'
import { hostileText } from './hostileText.ts'

/** Where somebody may ask to be led after signing in. */
export const redirectTarget = fc.oneof(
  fc.constantFrom(
    '/today',
    '//evil.example',
    '/\\evil',
    'https://evil.example',
    '/\t/evil.example',
    '/a?b=c#d',
    'javascript:alert(1)',
  ),
  hostileText,
)
