/** A caller asked for another tenant's things, or for everybody's, with a key that belongs to one tenant. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/**
 * Whose things somebody may see and change. Everything that reads more than one job takes one, so that no query can be
 * written without saying whose rows it is about. What a path names is looked at by `ReachGuard`.
 */
export class Reach {
  /** Operators of the whole installation, and the commands at the keyboard. */
  static readonly everybody = new Reach(null);

  constructor(
    /** The one tenant, or null for all of them. */
    readonly tenantId: string | null,
  ) {}

  /**
   * The tenant to narrow a query to: the one that was asked for, else the caller's own; null for no narrowing.
   * @throws OutOfReach for another tenant than the caller's, whether there is such a tenant or not.
   */
  within(asked: string | null | undefined): string | null {
    if (this.tenantId === null) return asked ?? null;
    if (asked == null || asked === this.tenantId) return this.tenantId;
    throw new OutOfReach(
      `tenantId: this key belongs to the tenant "${this.tenantId}"; leave tenantId out, or name that tenant`,
    );
  }

  /** @throws OutOfReach for what is done to all tenants at once, from a caller who belongs to one. */
  mustBeEverybody(what: string): void {
    if (this.tenantId === null) return;
    throw new OutOfReach(`${what} concerns all tenants; this key belongs to the tenant "${this.tenantId}"`);
  }
}
