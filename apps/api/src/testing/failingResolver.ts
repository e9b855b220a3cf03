import { GraphQLError } from 'graphql'
import { Arg, Ctx, Field, InputType, Mutation, Query, Resolver } from 'type-graphql'
import { ForKeys } from '../platform/graphql/key-access/forKeys.ts'
import { rateLimited } from '../platform/graphql/rateLimited.ts'
import type { RequestContext } from '../platform/graphql/requestContext.ts'

@InputType({ description: 'As signIn takes it, and a nested object.' })
class SecretInput {
  @Field(() => String, { description: 'An address.' })
  email!: string

  @Field(() => String, { description: 'A password.' })
  password!: string

  @Field(() => [SecretInput], { nullable: true, description: 'More of them.' })
  more?: SecretInput[] | null
}

/** Fails in all the ways in which code of ours and of others does. */
@Resolver()
export class FailingResolver {
  /** What no answer and no log may tell. */
  static readonly SECRET = 'correct-horse-battery'

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Breaks a rule of the database.' })
  async driverError(@Ctx() { em }: RequestContext): Promise<boolean> {
    await em.execute('insert into users (id, email, created_at) values (?, ?, ?)', [
      FailingResolver.SECRET,
      FailingResolver.SECRET,
      FailingResolver.SECRET,
    ])
    return true
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Breaks the rule that an address has one user.' })
  async duplicate(@Ctx() { em }: RequestContext): Promise<boolean> {
    const insert = `insert into users (id, email) values (gen_random_uuid(), ?)`
    await em.execute(insert, [`${FailingResolver.SECRET}@example.com`])
    await em.execute(insert, [`${FailingResolver.SECRET}@example.com`])
    return true
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Has a bug.' })
  bug(): boolean {
    throw new TypeError(`Cannot read properties of undefined (reading 'x')`)
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Has a bug, and may not be null.' })
  needed(): boolean {
    throw new TypeError('Not implemented')
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Throws what is no error.' })
  noError(): boolean {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- A library may do just this.
    throw FailingResolver.SECRET
  }

  @ForKeys('ANY')
  @Query(() => Boolean, {
    nullable: true,
    description: 'Throws an error that bears one of our codes by chance.',
  })
  foreignCode(): boolean {
    throw Object.assign(new Error(FailingResolver.SECRET), {
      extensions: { code: 'FORBIDDEN', secret: FailingResolver.SECRET },
    })
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Throws a GraphQLError with a code of nobody.' })
  unknownCode(): boolean {
    throw new GraphQLError(FailingResolver.SECRET, { extensions: { code: 'ECONNREFUSED' } })
  }

  @ForKeys('ANY')
  @Query(() => Number, { nullable: true, description: 'Returns what its type does not allow.' })
  notSerialisable(): unknown {
    return FailingResolver.SECRET
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Refuses for want of a scope.' })
  forbidden(): boolean {
    throw new GraphQLError('This needs the scope history:read.', {
      extensions: { code: 'FORBIDDEN', scopes: ['history:read'] },
    })
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { nullable: true, description: 'Has no time just now.' })
  busy(): boolean {
    throw rateLimited('Too much to do.', 7)
  }

  @ForKeys('ANY')
  @Mutation(() => Boolean, { description: 'Has no time for it just now.' })
  change(): boolean {
    return this.busy()
  }

  @ForKeys('ANY')
  @Mutation(() => Boolean, { description: 'Takes secrets.' })
  take(@Arg('input', () => SecretInput, { description: 'Secrets.' }) _input: SecretInput): boolean {
    return true
  }
}
