import { Component, type ReactNode } from 'react';
import { isNoAnswer, wordsOf } from '../api/api.ts';
import { ApiProblem } from '../api/client.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** What went wrong, in the server's words where it has some, and a way on. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  return (
    <EmptyState
      icon="alerts"
      title={titleOf(error)}
      action={
        onRetry && (
          <Button icon="refresh" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p>{wordsOf(error)}</p>
      {error instanceof ApiProblem && error.instance && (
        <p className="text-small text-faint">Request {error.instance}</p>
      )}
    </EmptyState>
  );
}

function titleOf(error: unknown): string {
  if (isNoAnswer(error)) return 'The server does not answer';
  if (!(error instanceof ApiProblem)) return 'This part of the console failed';
  if (error.status === 403) return 'Not yours to see';
  return error.status === 404 ? 'There is nothing here' : 'That did not work';
}

/** Keeps a fault in one part of the screen from taking away the rest. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <Failure error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
