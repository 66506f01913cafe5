import type { Command } from 'commander';
import { insertText } from '../admin/test-job.js';
import { loadConfig } from '../config/config.js';
import type { Pool } from '../db/pool.js';
import { inTransaction } from '../db/pool.js';
import type { AdCopy } from '../stages/engines/language.js';
import { createLocalLanguage } from '../stages/engines/local-language.js';
import { UserError } from '../stack/user-error.js';
import { t } from './messages/index.js';
import { withSystem } from './system.js';
import { answer, tool, type ToolOptions, uuid, words } from './tool.js';

interface TextOptions extends ToolOptions {
  eng?: string;
  kor?: string;
}

interface Brief {
  tenant_id: string;
  desc_kor: string | null;
  tone: string | null;
  shop: string | null;
}

/** Copy in the shop's words, written by the embedded language engine. */
export const writeCopy = (descKor: string, { tone = '', shop = '' } = {}): Promise<AdCopy> =>
  createLocalLanguage().adCopy({ descKor, storeName: shop, toneStyle: tone, month: new Date().getMonth() + 1 });

async function briefOf(pool: Pool, jobId: string): Promise<Brief> {
  const { rows } = await pool.query<Brief>(
    `select j.tenant_id, i.desc_kor, t.eng_name as tone, s.title as shop
       from jobs j left join job_inputs i using (job_id)
       left join tone_styles t using (tone_style_id) left join stores s on s.store_id = j.store_id
      where j.job_id = $1`,
    [jobId],
  );
  if (!rows[0]) throw new UserError(t.noSuchJob(jobId));
  return rows[0];
}

async function text(jobId: string, tenant: string | undefined, options: TextOptions): Promise<void> {
  const written = await withSystem(loadConfig(), async ({ pool }) => {
    const brief = await briefOf(pool, jobId);
    if (tenant && brief.tenant_id !== tenant) throw new UserError(t.text.otherTenant(jobId, brief.tenant_id));
    const isAsked = options.eng !== undefined || options.kor !== undefined;
    const copy = isAsked
      ? { adCopyEng: options.eng, adCopyKor: options.kor }
      : await writeCopy(brief.desc_kor ?? '', { tone: brief.tone ?? '', shop: brief.shop ?? '' });
    await inTransaction(pool, async (db) => {
      if (copy.adCopyEng) await insertText(db, jobId, 'ad_copy_eng', { eng: copy.adCopyEng });
      if (copy.adCopyKor) await insertText(db, jobId, 'ad_copy_kor', { kor: copy.adCopyKor });
    });
    return copy;
  });
  answer(options, { jobId, adCopyEng: written.adCopyEng ?? null, adCopyKor: written.adCopyKor ?? null }, () =>
    t.text.written(written),
  );
}

export const textCommand = (): Command =>
  tool('text', t.commands.text, [
    'jobs text 1f0c…',
    'jobs text 1f0c… --eng "Slow-cooked kimchi stew" --kor "푹 끓인 김치찌개"',
  ])
    .argument('<job-id>', t.options.jobId, uuid)
    .argument('[tenant-id]', t.options.tenantCheck)
    .option('--eng <text>', t.options.eng, words)
    .option('--kor <text>', t.options.kor, words)
    .action(text);
