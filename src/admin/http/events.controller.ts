import { type BeforeApplicationShutdown, Controller, Inject, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Observable, Subject, takeUntil } from 'rxjs';
import { Requires } from '../../auth/access.js';
import { EventHub } from '../events/hub.js';

@ApiTags('events')
@Controller('api/admin/events')
export class EventsController implements BeforeApplicationShutdown {
  private readonly ending = new Subject<void>();

  constructor(@Inject(EventHub) private readonly hub: EventHub) {}

  @Sse()
  @Requires('read')
  @ApiOperation({
    summary: 'Changes of jobs and variants as they happen; after each "snapshot" event a client fetches anew',
  })
  stream(): Observable<MessageEvent> {
    return new Observable<MessageEvent>((client) =>
      this.hub.subscribe(({ type, data }) => client.next({ type, data })),
    ).pipe(takeUntil(this.ending));
  }

  /** Open streams would hold the server open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.ending.next();
    await this.hub.close();
  }
}
