/** Charts and kustomizations of a directory: rendered by the tools that are installed, when the user asks for it, and checked. */
export { renderProjects } from './render.ts';
export { withRendered } from './with-rendered.ts';
