import { NODES_MAX } from '@wellness/domain/limits'
import { publicId, type PublicIdPrefix } from '@wellness/domain/publicId'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { badUserInput } from './badUserInput.ts'
import { NodeType } from './node.type.ts'
import type { RequestContext } from './requestContext.ts'
import { ForKeys } from './key-access/forKeys.ts'

@Resolver()
export class NodeResolver {
  @ForKeys('ANY')
  @Query(() => NodeType, {
    nullable: true,
    description: 'The thing with this id. Missing and forbidden are the same answer: null.',
  })
  async node(
    @Arg('id', () => ID, { description: 'An id as any Node gave it.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<NodeType | null> {
    return (await loadByIds([id], context))[0] ?? null
  }

  @ForKeys('ANY')
  @Query(() => [NodeType], {
    nullable: 'items',
    description: 'The things with these ids, in their order; null for what is missing or forbidden.',
  })
  async nodes(
    @Arg('ids', () => [ID], { description: `At most ${NODES_MAX} ids.` }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(NodeType | null)[]> {
    if (ids.length > NODES_MAX) throw badUserInput(`nodes takes at most ${NODES_MAX} ids.`)
    return loadByIds(ids, context)
  }
}

/** One read a kind, however many ids: the cost is bounded by the kinds and never by the list. */
async function loadByIds(ids: string[], context: RequestContext): Promise<(NodeType | null)[]> {
  const found = new Map<string, NodeType>()
  const uuidsByPrefix = new Map<PublicIdPrefix, Set<string>>()
  for (const id of ids) {
    const prefix = publicId.prefixOf(id)
    const uuid = prefix && publicId.parse(prefix, id)
    if (prefix && uuid) uuidsByPrefix.set(prefix, (uuidsByPrefix.get(prefix) ?? new Set()).add(uuid))
  }
  await Promise.all(
    [...uuidsByPrefix].map(async ([prefix, uuids]) => {
      for (const node of await context.loadNodes(prefix, [...uuids])) if (node) found.set(node.id, node)
    }),
  )
  return ids.map((id) => found.get(id) ?? null)
}
