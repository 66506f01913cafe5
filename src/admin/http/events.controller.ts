import { type BeforeApplicationShutdown, Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Requires } from '../../auth/access.js';
import type { Reach } from '../../auth/reach.js';
import { ForTenants, ReachOf } from '../../auth/reach-guard.js';
import { EventHub } from '../events/hub.js';
import { MOST_UNREAD } from '../events/sse.js';

@ApiTags('events')
@Controller('api/admin/events')
export class EventsController implements BeforeApplicationShutdown {
  private readonly open = new Set<Response>();

  constructor(@Inject(EventHub) private readonly hub: EventHub) {}

  @Get()
  @ForTenants()
  @Requires('read')
  @ApiProduces('text/event-stream')
  @ApiOperation({
    summary: 'Changes of jobs and variants as they happen; after each "snapshot" event a client fetches anew',
  })
  stream(@Res() response: Response, @ReachOf() reach: Reach): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      Connection: 'keep-alive',
      // A proxy that gathers answers would hold every event back.
      'X-Accel-Buffering': 'no',
    });
    this.open.add(response);
    const leave = this.hub.subscribe(reach, (text) => {
      if (response.writableLength > MOST_UNREAD) response.destroy();
      else response.write(text);
    });
    response.on('close', () => {
      leave();
      this.open.delete(response);
    });
  }

  /** Open streams would hold the server open. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const response of this.open) response.end();
    await this.hub.close();
  }
}
