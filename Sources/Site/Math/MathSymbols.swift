/// The commands of TeX that stand for one character.
enum MathSymbols {
  /// How a symbol is set.
  enum Kind {
    /// A letter or another name.
    case letter
    /// An operator: spacing is the browser's.
    case operation
    /// An operator with limits below and above, when it is displayed.
    case large
    /// A large operator whose limits stay beside it.
    case integral
  }

  /// The character of a command, by its name without the backslash.
  static let all: [String: (text: String, kind: Kind)] = {
    var all: [String: (text: String, kind: Kind)] = [:]
    for (kind, list) in [(Kind.letter, letters), (.operation, operations), (.large, large), (.integral, integrals)] {
      let words = list.split { $0 == " " || $0 == "\n" }
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        all[String(words[index])] = (String(words[index + 1]), kind)
      }
    }
    return all
  }()

  private static let letters = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ
    omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ imath ı jmath ȷ wp ℘ top ⊤ bot ⊥ angle ∠
    triangle △ square □ checkmark ✓ dagger † ddagger ‡ S § % % # # & & _ _ $ $ prime ′
    ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯
    """

  private static let operations = """
    partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet ∙
    oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖
    leq ≤ le ≤ geq ≥ ge ≥ ll ≪ gg ≫ lt < gt > neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ asymp ≍ doteq ≐
    in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ perp ⊥ parallel ∥ mid ∣ nmid ∤ vdash ⊢ models ⊨
    prec ≺ succ ≻ preceq ⪯ succeq ⪰ leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ triangleq ≜ coloneqq ≔ colon :
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ uparrow ↑
    downarrow ↓ updownarrow ↕ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
    longmapsto ⟼ implies ⟹ iff ⟺ hookrightarrow ↪ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀
    therefore ∴ because ∵ lbrace { rbrace } { { } } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert |
    lVert ‖ rVert ‖ Vert ‖ | ‖ backslash \\ lbrack [ rbrack ] surd √
    """

  private static let large = """
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ biguplus ⨄ bigsqcup ⨆
    """

  /// The signs whose limits stand below and above.
  static let takesLimits: Set<String> = Set(all.values.lazy.filter { $0.kind == .large }.map(\.text))

  private static let integrals = "int ∫ iint ∬ iiint ∭ oint ∮"

  /// Functions, whose names stand upright; those that are true have limits.
  static let functions: [String: Bool] = [
    "arccos": false, "arcsin": false, "arctan": false, "arg": false, "cos": false, "cosh": false, "cot": false,
    "csc": false, "deg": false, "det": true, "dim": false, "exp": false, "gcd": true, "hom": false, "inf": true,
    "ker": false, "lg": false, "lim": true, "liminf": true, "limsup": true, "ln": false, "log": false, "max": true,
    "min": true, "Pr": true, "sec": false, "sin": false, "sinh": false, "sup": true, "tan": false, "tanh": false,
    "argmax": true, "argmin": true,
  ]

  /// Blanks, in widths of an m.
  static let spaces: [String: String] = [
    ",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", "quad": "1em", "qquad": "2em",
    "enspace": "0.5em", "thinspace": "0.167em", "medspace": "0.222em", "thickspace": "0.278em",
    "negthinspace": "-0.167em",
  ]

  /// Accents: the character, whether it stands below, and whether it grows.
  static let accents: [String: (text: String, isBelow: Bool, grows: Bool)] = [
    "hat": ("^", false, false), "widehat": ("^", false, true), "bar": ("¯", false, false),
    "overline": ("¯", false, true), "tilde": ("~", false, false), "widetilde": ("~", false, true),
    "vec": ("→", false, false), "overrightarrow": ("→", false, true), "overleftarrow": ("←", false, true),
    "dot": ("˙", false, false), "ddot": ("¨", false, false), "check": ("ˇ", false, false),
    "breve": ("˘", false, false), "acute": ("´", false, false), "grave": ("`", false, false),
    "mathring": ("˚", false, false), "underline": ("_", true, true), "overbrace": ("⏞", false, true),
    "underbrace": ("⏟", true, true),
  ]

  /// What can stand behind `\\left` and `\\right`, besides single characters.
  static let delimiters: Set<String> = [
    "{", "}", "|", "langle", "rangle", "lfloor", "rfloor", "lceil", "rceil", "lvert", "rvert", "lVert", "rVert", "vert",
    "Vert", "lbrace", "rbrace", "lbrack", "rbrack", "uparrow", "downarrow", "updownarrow", "backslash",
  ]
}
