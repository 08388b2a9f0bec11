import { Link } from '@tanstack/react-router';
import { EmptyState } from '../components/empty-state.tsx';

export function NotFound() {
  return (
    <main>
      <EmptyState
        icon="search"
        title="There is no page at this address"
        action={
          <Link to="/inbox" className="text-link underline">
            Go to the inbox
          </Link>
        }
      >
        <p>The link is mistyped, or from another version.</p>
      </EmptyState>
    </main>
  );
}
