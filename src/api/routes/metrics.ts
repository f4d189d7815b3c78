import { z } from 'zod';
import { metric, metricBody } from '../contract/metric-shapes.ts';
import { route } from '../contract/route.ts';

/** The metrics there are, with what each of them counts, leaves out and errs by. */
export default route({
  method: 'get',
  path: '/api/v1/metrics',
  summary: 'The metrics there are',
  description: 'Every metric with what it counts, what it leaves out, which way it is known to err and where its definition comes from.',
  query: z.object({}),
  params: z.object({}),
  response: z.strictObject({ metrics: z.array(metric) }),
  handle: ({ figures }) => Promise.resolve({ metrics: figures.metrics().map(metricBody) }),
});
