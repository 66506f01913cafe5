import 'reflect-metadata';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Express } from 'express';
import { Registry } from 'prom-client';
import type { AssetStore } from '../assets/asset-store.js';
import type { Pool } from '../db/pool.js';
import type { Logger } from '../log.js';
import { countRequests } from '../metrics/http-metrics.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { createRegistry } from '../metrics/registry.js';
import { logRequests } from '../request-log.js';
import { AdCopyController } from './ad-copy/ad-copy.controller.js';
import { AdCopyGenKorController } from './ad-copy-gen-kor/ad-copy-gen-kor.controller.js';
import { createDecodedPictures } from './common/decoded-pictures.js';
import { StageContext } from './common/stage-context.js';
import { createStageRunner } from './common/stage-runner.js';
import type { Engines } from './engines/engines.js';
import { EvaluationListController, FullEvaluationController } from './evaluations/evaluations.controllers.js';
import { requireApiKey } from './http/api-key-guard.js';
import { ErrorFilter } from './http/error-filter.js';
import { HealthController, PartName } from './http/health.controller.js';
import { refuseOtherMethods } from './http/method-guard.js';
import { REFERENCE_PAGE_POLICY, renderReferencePage } from './http/reference-page.js';
import { InstagramFeedGenController } from './instagram-feed-gen/instagram-feed-gen.controller.js';
import { IouEvalController } from './iou-eval/iou-eval.controller.js';
import { OcrEvalController } from './ocr-eval/ocr-eval.controller.js';
import { OverlayController } from './overlay/overlay.controller.js';
import { PlannerController } from './planner/planner.controller.js';
import { ReadabilityEvalController } from './readability-eval/readability-eval.controller.js';
import { RefinedAdCopyController } from './refined-ad-copy/refined-ad-copy.controller.js';
import { VlmAnalyzeController } from './vlm-analyze/vlm-analyze.controller.js';
import { VlmJudgeController } from './vlm-judge/vlm-judge.controller.js';
import { YoloDetectController } from './yolo-detect/yolo-detect.controller.js';

export interface StageAppDeps {
  /** Without a writer's mark: each transaction says for itself whether it is the pipeline's. */
  pool: Pool;
  assets: AssetStore;
  engines: Engines;
  log: Logger;
  partName: string;
  /** The key that callers must show; null or left out asks nobody. */
  apiKey?: string | null;
  /** How long one call may be at work, in milliseconds; its callers wait no longer either. */
  timeout: number;
}

const STAGE_CONTROLLERS = [
  VlmAnalyzeController,
  YoloDetectController,
  PlannerController,
  OverlayController,
  VlmJudgeController,
  OcrEvalController,
  ReadabilityEvalController,
  IouEvalController,
  AdCopyGenKorController,
  InstagramFeedGenController,
];

/** What the original answers with constants: here without effect on rows, but with real results. */
const READING_CONTROLLERS = [
  AdCopyController,
  RefinedAdCopyController,
  FullEvaluationController,
  EvaluationListController,
];

@Module({})
class StageModule {}

/**
 * The stage service, not yet listening. The caller owns pool and engines and closes them after the application.
 */
export async function createStageApp({
  pool,
  assets,
  engines,
  log,
  partName,
  apiKey = null,
  timeout,
}: StageAppDeps): Promise<INestApplication> {
  const context = new StageContext(
    pool,
    assets,
    engines,
    createStageRunner(pool, timeout),
    log,
    createDecodedPictures(assets),
  );
  const registry = createRegistry('stages');
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: StageModule,
      controllers: [...STAGE_CONTROLLERS, ...READING_CONTROLLERS, HealthController, MetricsController],
      providers: [
        { provide: StageContext, useValue: context },
        { provide: PartName, useValue: new PartName(partName) },
        { provide: Registry, useValue: registry },
      ],
    },
    { logger: false, abortOnError: false },
  );
  app.use(
    logRequests(log),
    countRequests(registry),
    requireApiKey(apiKey),
    refuseOtherMethods([...STAGE_CONTROLLERS, ...READING_CONTROLLERS]),
  );
  app.useBodyParser('json', { limit: '1mb' });
  app.disable('x-powered-by');
  app.useGlobalFilters(new ErrorFilter(log));
  describe(app);
  return app;
}

/**
 * `/docs` to try things out, `/redoc` to read, `/openapi.json` for programs: all from the schemas that requests are
 * checked with.
 */
function describe(app: NestExpressApplication): void {
  const settings = new DocumentBuilder()
    .setTitle('FeedlyAI stage service')
    .setDescription(
      'Ten stages of the advertisement pipeline. Every call is one transaction: it is performed whole or not at all.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: 'Only where the service was started with YH_API_KEY.' })
    .build();
  let known: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => {
    known ??= SwaggerModule.createDocument(app, settings);
    return known;
  };
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
  const express = app.getHttpAdapter().getInstance() as Express;
  express.get('/redoc', (_request, response) => {
    response.setHeader('Content-Security-Policy', REFERENCE_PAGE_POLICY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.type('html').send(renderReferencePage(document()));
  });
}
