import { Component, type FunctionComponent, h } from 'preact';

/** Renders anew only when a property is another object: a change of one job leaves the other cards alone. */
export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
  class Remembered extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return Object.entries(next).some(([name, value]) => this.props[name as keyof P] !== value);
    }
    override render() {
      return h(inner, this.props as P & { key?: string });
    }
  }
  return Remembered as unknown as FunctionComponent<P>;
}
