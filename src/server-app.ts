import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { addUploads } from './admin/http/document-uploads.js';
import { AppModule, type AppParts } from './app.module.js';
import type { Logger } from './log.js';
import { countRequests } from './metrics/http-metrics.js';
import { nestLogger } from './nest-logger.js';
import { logRequests } from './request-log.js';

/** The server's application, not yet listening. The caller owns pools and clients and closes them after it. */
export async function createServerApp({ log, ...parts }: AppParts & { log: Logger }): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(parts), {
    logger: nestLogger(log),
    abortOnError: false,
  });
  app.use(logRequests(log), countRequests(parts.registry), helmet());
  app.useBodyParser('json', { limit: '1mb' });
  const { origins } = parts.auth.auth;
  if (origins.length > 0) app.enableCors({ origin: [...origins], credentials: true, exposedHeaders: ['X-Request-Id'] });
  describe(app);
  return app;
}

/** `/docs` to try things out, `/openapi.json` for programs: from the schemas that requests are checked with. */
function describe(app: NestExpressApplication): void {
  const settings = new DocumentBuilder()
    .setTitle('FeedlyAI pipeline: operators and neighbours')
    .setDescription(
      'Reading asks for the scope "read", everything else for "operate". Where nobody has made a key yet the server ' +
        'listens on loopback alone and asks for none.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' })
    .build();
  SwaggerModule.setup('docs', app, () => addUploads(SwaggerModule.createDocument(app, settings)), {
    jsonDocumentUrl: 'openapi.json',
  });
}
