import type { NextFunction, Request, Response } from 'express';

/** Upper bounds in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Durations {
  /** How many requests took at most the bound of the same place in BUCKETS. */
  counts: number[];
  sum: number;
  total: number;
}

/** Counts requests and their durations, in Prometheus' text format. Its own page is not counted. */
export class HttpMetrics {
  private readonly requests = new Map<string, number>();
  private readonly durations = new Map<string, Durations>();

  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    if (request.path === '/metrics') return next();
    const start = performance.now();
    response.once('finish', () => {
      // Only routes that exist become labels: a stranger's guesses must not grow the page.
      const endpoint = typeof request.route?.path === 'string' ? request.route.path : 'unmatched';
      this.count(request.method, endpoint, response.statusCode, (performance.now() - start) / 1000);
    });
    next();
  };

  private count(method: string, endpoint: string, status: number, seconds: number): void {
    const labels = `method="${method}",endpoint="${endpoint}"`;
    const counted = `${labels},status="${status}"`;
    this.requests.set(counted, (this.requests.get(counted) ?? 0) + 1);
    const known = this.durations.get(labels) ?? { counts: BUCKETS.map(() => 0), sum: 0, total: 0 };
    this.durations.set(labels, {
      counts: known.counts.map((count, i) => count + (seconds <= (BUCKETS[i] as number) ? 1 : 0)),
      sum: known.sum + seconds,
      total: known.total + 1,
    });
  }

  /** The page at `/metrics`. */
  render(): string {
    const lines = ['# HELP http_requests_total Requests served', '# TYPE http_requests_total counter'];
    for (const [labels, count] of this.requests) lines.push(`http_requests_total{${labels}} ${count}`);
    lines.push('# HELP http_request_duration_seconds Time until the answer was sent');
    lines.push('# TYPE http_request_duration_seconds histogram');
    for (const [labels, { counts, sum, total }] of this.durations) {
      counts.forEach((count, i) => {
        lines.push(`http_request_duration_seconds_bucket{${labels},le="${BUCKETS[i]}"} ${count}`);
      });
      lines.push(`http_request_duration_seconds_bucket{${labels},le="+Inf"} ${total}`);
      lines.push(
        `http_request_duration_seconds_sum{${labels}} ${sum}`,
        `http_request_duration_seconds_count{${labels}} ${total}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
}
