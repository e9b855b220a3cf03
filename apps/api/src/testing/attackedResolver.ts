import 'reflect-metadata'
import {
  Arg,
  Extensions,
  Field,
  InputType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from 'type-graphql'
import { ForKeys } from '../platform/graphql/key-access/forKeys.ts'

@ObjectType({ description: 'A type that leads back to itself.' })
class Ring {
  @ForKeys('ANY')
  @Field(() => String, { nullable: true, description: 'Something to ask for.' })
  name!: string | null

  @ForKeys('ANY')
  @Field(() => String, { nullable: true, description: 'Something else to ask for.' })
  colour!: string | null

  @ForKeys('ANY')
  @Field(() => Ring, { nullable: true, description: 'The next one.' })
  next!: Ring | null
}

const Colour = { GREEN: 'GREEN', GREY: 'GREY' }
registerEnumType(Colour, { name: 'Colour', description: 'Some colours.' })

@InputType({ description: 'How to paint.' })
class PaintOptions {
  @Field(() => Boolean, { nullable: true, description: 'Whether it shines.' })
  gloss?: boolean | null
}

/** What attacks on documents are aimed at: a guess, an enum, an input object and a circle of types. */
@Resolver(() => Ring)
export class AttackedResolver {
  /** How often anything of it ran. */
  static executed = 0

  @Extensions({ checksCredential: true })
  @ForKeys('ANY')
  @Mutation(() => Boolean, { description: 'Stands for every mutation that checks a secret.' })
  guess(@Arg('secret', () => String, { description: 'A guess.' }) _secret: string): boolean {
    AttackedResolver.executed += 1
    return false
  }

  @ForKeys('ANY')
  @Query(() => Boolean, { description: 'Takes an enum and an input object.' })
  paint(
    @Arg('colour', () => Colour, { description: 'Which.' }) _colour: string,
    @Arg('options', () => PaintOptions, { nullable: true, description: 'How.' }) _options?: PaintOptions,
  ): boolean {
    AttackedResolver.executed += 1
    return true
  }

  @ForKeys('ANY')
  @Query(() => Ring, { nullable: true, description: 'The first ring.' })
  ring(): Ring | null {
    AttackedResolver.executed += 1
    return null
  }
}
