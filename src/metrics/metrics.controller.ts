import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Requires } from '../auth/access.js';

@ApiTags('health')
@Controller()
@Requires('read')
export class MetricsController {
  constructor(@Inject(Registry) private readonly registry: Registry) {}

  @Get('metrics')
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiOperation({ summary: 'What this process has done, for Prometheus' })
  show(): Promise<string> {
    return this.registry.metrics();
  }
}
