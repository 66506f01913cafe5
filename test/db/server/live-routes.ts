import type { ServerBench } from './server-bench.js';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** `GET /path/:parameter` of every route the running server has. Swagger's own files beside /docs are not ours to declare. */
export const liveRoutes = ({ app }: ServerBench): string[] => {
  const { router } = app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } };
  return router.stack
    .flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
    )
    .filter((route) => !/^GET \/(docs\/|docs-|openapi-yaml)/.test(route));
};
