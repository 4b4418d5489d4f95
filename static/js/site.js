// Every page works without these; each script sees for itself whether it has anything to do.
// On collection the ones that import nothing are joined into this file.
import "./site-menu.js";
import "./margin-notes.js";
import "./claim-lights.js";
import "./tap-notes.js";
import "./sentence-numbers.js";
import "./challenge-selection.js";
import "./challenge-pop.js";
import "./live-preview.js";
import "./vote-buttons.js";
import "./notice-marks.js";
import "./thread-visit.js";
import "./thread-news.js";
import "./fold-memory.js";
import "./quote-selection.js";
import "./mention-names.js";
import "./keep-sentence.js";
import "./passkey-form.js";
import "./draft-keeper.js";
import "./similar-claims.js";
import "./chosen-words.js";
import "./stance-choice.js";
import "./reason-template.js";
import "./queue-keys.js";
import "./scheme-choice.js";
import "./local-times.js";
import "./own-zone.js";
