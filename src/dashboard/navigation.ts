import type { PageId } from './frame-view.ts';

/** A page of the navigation. */
export interface NavigationEntry {
  readonly id: PageId;
  readonly name: string;
  readonly path: string;
}

/** The pages that exist, in the order of the header. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { id: 'flow', name: 'Flow', path: '/' },
  { id: 'reviews', name: 'Reviews', path: '/reviews' },
  { id: 'data-quality', name: 'Data quality', path: '/data-quality' },
  { id: 'settings', name: 'Settings', path: '/settings' },
];
