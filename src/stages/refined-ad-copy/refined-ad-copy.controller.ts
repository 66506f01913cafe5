import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { assertGlyphs, loadFont } from '../../imaging/fonts.js';
import { treatmentFor } from '../../imaging/treatments.js';
import { badRequest } from '../common/refusal.js';
import { BodyPipe } from '../http/body-pipe.js';
import { ReadingEndpoint } from '../http/stage-endpoint.js';
import { refinedAdCopyAnswer, refinedAdCopyBody, type RefinedAdCopyBody } from './refined-ad-copy.schema.js';

@ApiTags('without effect on rows')
@Controller('api/yh/refined-ad-copy')
export class RefinedAdCopyController {
  @ReadingEndpoint(
    'A text as it can be drawn, and its font',
    'The original answers the trimmed text and the first font of the request, whether or not it has that font. Here the font is the one the overlay draws with when it is asked for the first of these, and a text it cannot draw is refused.',
    refinedAdCopyAnswer,
  )
  handle(
    @Body({ schema: refinedAdCopyBody, pipes: [new BodyPipe()] }) body: RefinedAdCopyBody,
  ): z.infer<typeof refinedAdCopyAnswer> {
    const trimmed = body.text.normalize('NFC').replace(/\s+/gu, ' ').trim();
    if (trimmed === '') throw badRequest('text is empty; there is nothing to draw');
    const { face } = treatmentFor(body.fonts?.[0] ?? null, trimmed);
    assertGlyphs(trimmed, face);
    return { text: trimmed, font: loadFont(face).name };
  }
}
