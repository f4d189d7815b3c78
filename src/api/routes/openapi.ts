import { z } from 'zod';
import { route } from '../contract/route.ts';

/** The description of this API for programs. */
export default route({
  method: 'get',
  path: '/api/v1/openapi.json',
  summary: 'This API as an OpenAPI document',
  description: 'OpenAPI 3.1, made from the same schemas that requests and answers are held to.',
  query: z.object({}),
  params: z.object({}),
  response: z.strictObject({
    openapi: z.string(),
    info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    components: z.record(z.string(), z.unknown()),
  }),
  handle: ({ document }) => Promise.resolve({ ...document(), components: { ...document().components } }),
});
