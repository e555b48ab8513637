import { createContext, useContext, useEffect, useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent, SyntheticEvent } from "react";
import { focusFirst, giveBack, openerOf } from "./dialog-focus";

/** Asks to close, from inside: a dialog with typed text asks first. */
export const DialogCloseContext = createContext<() => void>(() => {});

export const useDialogClose = (): (() => void) => useContext(DialogCloseContext);

type Options = {
  open: boolean;
  busy: boolean;
  dirty: boolean | undefined;
  once: boolean;
  page: string | number | undefined;
  onClose: () => void;
};

/** Opening, closing and focus of one native modal dialog. */
export function useDialog({ open, busy, dirty, once, page, onClose }: Options) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const pressedOutside = useRef(false);
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (!open || !dialog) return;
    const opener = openerOf(document.activeElement);
    dialog.showModal();
    return () => {
      dialog.close();
      setTyped(false);
      setAsking(false);
      giveBack(opener);
    };
  }, [open, dialog]);

  useEffect(() => {
    if (open && dialog) focusFirst(dialog, title.current);
  }, [open, dialog, page]);

  const requestClose = () => {
    if (busy) return;
    if (asking) return setAsking(false);
    if (dirty ?? typed) return setAsking(true);
    onClose();
  };
  /** Asked by a key or a press beside it, which may be a slip. */
  const leave = () => {
    if (!once) requestClose();
  };

  const handlers = {
    /** Handled here and not in `cancel`: browsers let a second Escape through `cancel` unasked. */
    onKeyDown: (event: KeyboardEvent<HTMLDialogElement>) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
      event.preventDefault();
      leave();
    },
    /** What is left is the back gesture of a phone. */
    onCancel: (event: SyntheticEvent<HTMLDialogElement>) => {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      leave();
    },
    /** The press must begin and end outside, so that selecting text with the pointer never closes. */
    onPointerDown: (event: PointerEvent<HTMLDialogElement>) => {
      pressedOutside.current = event.target === event.currentTarget;
    },
    onPointerUp: (event: PointerEvent<HTMLDialogElement>) => {
      if (pressedOutside.current && event.target === event.currentTarget && !asking) leave();
      pressedOutside.current = false;
    },
    onInput: () => setTyped(true),
  };

  return { dialog, setDialog, title, asking, keep: () => setAsking(false), requestClose, handlers };
}
