import { CodeBlock } from '../../components/code-block.tsx';
import type { Block, Inline } from './markdown.ts';

export function Prose({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <article className="flex flex-col gap-3 leading-relaxed">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a lesson never change their order
        <BlockView key={index} block={block} />
      ))}
    </article>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2 className="pt-2 text-lead font-semibold">
          <Inlines parts={block.text} />
        </h2>
      );
    case 'paragraph':
      return (
        <p>
          <Inlines parts={block.text} />
        </p>
      );
    case 'list':
      return block.isNumbered ? (
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          <Items items={block.items} />
        </ol>
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <Items items={block.items} />
        </ul>
      );
    case 'code':
      return <CodeBlock label="Example" code={block.code} />;
  }
}

function Items({ items }: { readonly items: readonly (readonly Inline[])[] }) {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a lesson never change their order
    <li key={index}>
      <Inlines parts={item} />
    </li>
  ));
}

function Inlines({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map(({ kind, text }, index) => {
    const key = `${index} ${text}`;
    if (kind === 'code')
      return (
        <code key={key} className="rounded-s bg-sunken px-1 font-mono text-small break-words">
          {text}
        </code>
      );
    return kind === 'strong' ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>;
  });
}
