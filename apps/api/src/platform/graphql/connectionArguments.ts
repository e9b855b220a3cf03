import { PAGE_SIZE_MAX } from '@wellness/domain/limits'
import { ArgsType, Field, Int } from 'type-graphql'
import { badUserInput } from './badUserInput.ts'
import type { CursorCodec, Position } from './cursorCodec.ts'

/** What part of a connection is asked for. */
export interface PageRequest {
  size: number
  /** Whether the page is the last part of what lies between the cursors, instead of the first. */
  isFromEnd: boolean
  after: Position | null
  before: Position | null
}

const ONE_SIZE = `exactly one of first and last is required, 1 to ${PAGE_SIZE_MAX}.`

/** The arguments that every connection takes. */
@ArgsType()
export class ConnectionArguments {
  @Field(() => Int, { nullable: true, description: `How many from the start; ${ONE_SIZE}` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what stands behind this cursor.' })
  after?: string | null

  @Field(() => Int, { nullable: true, description: `How many from the end; ${ONE_SIZE}` })
  last?: number | null

  @Field(() => String, { nullable: true, description: 'Only what stands before this cursor.' })
  before?: string | null

  /** @throws BAD_USER_INPUT */
  static read({ first, after, last, before }: ConnectionArguments, cursors: CursorCodec): PageRequest {
    const size = first ?? last
    const isOne = (first == null) !== (last == null)
    if (!isOne || size == null || size < 1 || size > PAGE_SIZE_MAX)
      throw badUserInput(`Of a connection ${ONE_SIZE}`)
    return {
      size,
      isFromEnd: first == null,
      after: after == null ? null : cursors.decode(after),
      before: before == null ? null : cursors.decode(before),
    }
  }
}
