import { Body, Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ForTenants } from '../../auth/reach-guard.js';
import { adviseOn } from '../../imaging/photo-advice.js';
import { createSlots } from '../../imaging/slots.js';
import { BadOrder } from '../trouble.js';
import { photoAdvice } from './answer-schemas.js';
import { ReadRoute } from './order-route.js';
import { type Upload, uploadLimits } from './uploads.js';

const adviceBody = z.strictObject({});

/** Beside the bridge, pictures get one decoder at a time. */
const decoders = createSlots(1);

@ApiTags('jobs')
@Controller('api/admin/photos')
export class PhotosController {
  @Post('advice')
  @ForTenants()
  @HttpCode(200)
  @UseInterceptors(FileInterceptor('photo', { limits: { ...uploadLimits, files: 1 } }))
  @ApiConsumes('multipart/form-data')
  @ReadRoute('What could be better about a photo, before anything is made of it; nothing is kept', photoAdvice)
  async advice(@Body({ schema: adviceBody }) _body: unknown, @UploadedFile() file: Upload | undefined) {
    if (!file) throw new BadOrder('photo: upload the photo to look at');
    return decoders.run(() => adviseOn(file.buffer));
  }
}
