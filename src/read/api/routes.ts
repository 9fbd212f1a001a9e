import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { describeIssues, problem, sendProblem } from '../http/problem.ts';
import { problemSchema } from './schema-parts.ts';

/** A group of API routes; every group answers wrong parameters in the same way. */
export function apiRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const given = result.target === 'param' ? c.req.param() : givenQuery(c.req.queries());
      return sendProblem(c, problem(400, 'bad-query', describeIssues(result.error, given)));
    },
  });
}

function givenQuery(queries: Record<string, string[]>): Record<string, string | string[]> {
  const entries = Object.entries(queries).map(([name, values]) => [
    name,
    values.length === 1 ? (values[0] ?? '') : values,
  ]);
  return Object.fromEntries(entries);
}

/** The `responses` of a route: its answer, and the problems that every route can have. */
export function answers<S extends z.ZodType>(schema: S, description: string) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    400: { description: 'A parameter is wrong.', content: { 'application/problem+json': { schema: problemSchema } } },
    404: { description: 'Not found.', content: { 'application/problem+json': { schema: problemSchema } } },
  } as const;
}

/** The same of a route that names a revision. */
export function revisionAnswers<S extends z.ZodType>(schema: S, description: string) {
  return {
    ...answers(schema, description),
    302: { description: 'A number or part of an id: `Location` is the permanent address.' },
    410: {
      description: 'The revision was replaced by an import of older captures; `revisions` has the present one.',
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  } as const;
}
