import { expect, test } from 'vitest'
import { parseDockerfile } from './parseDockerfile.ts'

test('stages, flags and lines that go on are read as Docker reads them', () => {
  const stages = parseDockerfile(
    [
      '# the base',
      'ARG IMAGE=node:24',
      'FROM ${IMAGE} AS build',
      'RUN --mount=type=cache,target=/root/.npm npm ci \\',
      '  # why',
      '  && true',
      'FROM build',
      'COPY --from=build --chown=1:1 /app a/',
    ].join('\n'),
  )
  expect(stages).toEqual([
    {
      name: 'build',
      from: 'node:24',
      instructions: [
        {
          name: 'RUN',
          flags: [{ name: 'mount', value: 'type=cache,target=/root/.npm' }],
          text: 'npm ci   && true',
          line: 4,
        },
      ],
    },
    {
      name: '1',
      from: 'build',
      instructions: [
        {
          name: 'COPY',
          flags: [
            { name: 'from', value: 'build' },
            { name: 'chown', value: '1:1' },
          ],
          text: '/app a/',
          line: 8,
        },
      ],
    },
  ])
})

test('what is not understood is an error, and never left out', () => {
  expect(() => parseDockerfile('FROM node\nADD https://example.com/x /x')).toThrow('Dockerfile:2: ADD')
  expect(() => parseDockerfile('RUN true')).toThrow('Dockerfile:1: RUN')
})
