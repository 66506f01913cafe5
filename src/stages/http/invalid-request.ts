/** One complaint about a request, in FastAPI's form. */
export interface RequestProblem {
  type: string;
  loc: (string | number)[];
  msg: string;
}

/** The request cannot be understood; answered with 422 and the list of complaints. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
  constructor(readonly problems: RequestProblem[]) {
    super(problems.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '));
  }
}
