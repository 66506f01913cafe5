import type { Command } from 'commander';
import { type BriefAnswer, editBrief } from '../../admin/briefs/edit-brief.js';
import { editPost } from '../../admin/briefs/edit-post.js';
import { postSchema } from '../../admin/briefs/post-schema.js';
import { readWords } from '../../admin/read/words.js';
import { replacePhoto } from '../../admin/replace-photo.js';
import { BadOrder } from '../../admin/trouble.js';
import type { SubjectHint } from '../../generation/provider.js';
import type { Brief } from '../../brief/brief.js';
import { UserError } from '../../stack/user-error.js';
import { briefIn } from '../brief-options.js';
import { readPhotos } from '../demo-photos.js';
import { t } from '../messages/index.js';
import { withTools } from '../system.js';
import { answer, uuid, words } from '../tool.js';
import { wordsLines } from '../words-lines.js';
import { order, place } from './arguments.js';
import { give, inTheirWords, type OrderOptions } from './give.js';

const { commands, options } = t.words;

/** What is said about a job's words and photo, and ordered. */
export const wordOrders = (): Command[] => [
  order('brief', commands.brief, [
    'jobs brief 1f0c…',
    'jobs brief 1f0c… --sentence "순대국밥 8,900원, 포장 됩니다"',
    'jobs brief 1f0c… --brief \'{"dish": "순대국밥", "price": "8,900원"}\'',
  ])
    .argument('<job-id>', t.options.jobId, uuid)
    .option('--sentence <text>', options.briefOf, words)
    .option('--brief <json>', options.brief, briefIn)
    .action(
      async (jobId: string, { sentence, brief, ...given }: OrderOptions & { sentence?: string; brief?: Brief }) => {
        if (sentence !== undefined && brief) throw new UserError(t.words.eitherOr);
        if (sentence !== undefined || brief)
          return give<BriefAnswer>(
            given,
            ({ pool }, order) => editBrief(pool, { jobId, sentence, brief }, order),
            wordsLines,
          );
        const said = await inTheirWords(withTools(({ pool }) => readWords(pool, jobId)));
        return answer(given, said, () => wordsLines(said).join('\n'));
      },
    ),
  order('post', commands.post, ['jobs post 1f0c… --text "오늘도 푹 끓였습니다" --hashtags "#순대국밥 #전주맛집"'])
    .argument('<job-id>', t.options.jobId, uuid)
    .requiredOption('--text <text>', options.postText)
    .option('--hashtags <words>', options.hashtags, '')
    .action((jobId: string, given: OrderOptions & { text: string; hashtags: string }) =>
      give(given, async ({ pool }, order) => {
        const post = postSchema.safeParse({ text: given.text, hashtags: given.hashtags });
        if (!post.success)
          throw new BadOrder(post.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
        return editPost(pool, { jobId, post: post.data }, order);
      }),
    ),
  order('photo', commands.photo, ['jobs photo 1f0c… dish.jpg', 'jobs photo 1f0c… dish.jpg --hint 0.5,0.6'])
    .argument('<job-id>', t.options.jobId, uuid)
    .argument('<file>', options.photo)
    .option('--hint <place>', t.orders.options.hint, place)
    .action((jobId: string, file: string, given: OrderOptions & { hint?: SubjectHint }) =>
      give(
        given,
        async (tools, order) => {
          const [photo] = await readPhotos([file]);
          return replacePhoto(tools, { jobId, photo: photo as Buffer, hint: given.hint }, order);
        },
        ({ items }) => items.map(t.orders.item),
      ),
    ),
];
