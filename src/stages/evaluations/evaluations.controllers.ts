import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { jobBody } from '../common/schemas.js';
import { StageContext } from '../common/stage-context.js';
import { loadJobUnit } from '../common/units.js';
import { BodyPipe } from '../http/body-pipe.js';
import { ReadingEndpoint } from '../http/stage-endpoint.js';
import {
  evaluationListAnswer,
  fullEvaluationAnswer,
  fullEvaluationBody,
  type FullEvaluationBody,
} from './evaluations.schema.js';
import { createFullEvaluation } from './full-evaluation.js';

@ApiTags('without effect on rows')
@Controller('api/yh/evaluations/full')
export class FullEvaluationController {
  private readonly evaluate: ReturnType<typeof createFullEvaluation>;

  constructor(@Inject(StageContext) context: StageContext) {
    this.evaluate = createFullEvaluation(context);
  }

  @ReadingEndpoint(
    'The three evaluations of an overlay and their mean',
    'The original calls its own three endpoints without the variant, so that all results are null, the score is 0 and a missing overlay is a 500. Here the recorded evaluations are answered, those not made yet are measured without being recorded, and a missing overlay is a 404.',
    fullEvaluationAnswer,
  )
  handle(
    @Body({ schema: fullEvaluationBody, pipes: [new BodyPipe()] }) body: FullEvaluationBody,
  ): Promise<z.infer<typeof fullEvaluationAnswer>> {
    return this.evaluate(body);
  }
}

interface EvaluationRow {
  evaluation_id: string;
  job_variants_id: string | null;
  overlay_id: string | null;
  evaluation_type: string;
  metrics: Record<string, unknown>;
  created_at: Date;
}

@ApiTags('without effect on rows')
@Controller('api/yh/evaluations/evals')
export class EvaluationListController {
  constructor(@Inject(StageContext) private readonly context: StageContext) {}

  @ReadingEndpoint(
    'All recorded evaluations of a job, oldest first',
    'The original answers the same constants to everybody. Here the rows of `evaluations` are answered, each with the variant its overlay belongs to.',
    evaluationListAnswer,
  )
  async handle(
    @Body({ schema: jobBody, pipes: [new BodyPipe()] }) body: z.infer<typeof jobBody>,
  ): Promise<z.infer<typeof evaluationListAnswer>> {
    const { pool } = this.context;
    const unit = await loadJobUnit(pool, body);
    const { rows } = await pool.query<EvaluationRow>(
      `select e.evaluation_id, o.job_variants_id, e.overlay_id, e.evaluation_type, e.metrics, e.created_at
         from evaluations e left join overlay_layouts o using (overlay_id)
        where e.job_id = $1 order by e.created_at, e.pk limit 1000`,
      [unit.jobId],
    );
    return {
      job_id: unit.jobId,
      evaluations: rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() })),
    };
  }
}
