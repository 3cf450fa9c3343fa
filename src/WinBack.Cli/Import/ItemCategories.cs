namespace WinBack.Cli.Import;

/// <summary>
/// The category of an item, told from its description, since the file has none. The rule: the first category of the
/// list below that has one of its words in the description, as a whole word, whatever its case. The order goes from
/// the occasion (Christmas) over the kind of thing to where it stands in a house, so that a "CHRISTMAS CAKE TIN" is
/// Christmas and a "GLASS CANDLE HOLDER" lights. Without any such word the item has no category.
/// </summary>
internal static class ItemCategories
{
    private static readonly (string Name, string Words)[] Categories =
    [
        ("christmas",
            "CHRISTMAS XMAS ADVENT SANTA REINDEER SNOWMAN SNOWFLAKE SNOWFLAKES WREATH BAUBLE BAUBLES NOEL"),
        ("easter",
            "EASTER BUNNY CHICK CHICKS"),
        ("candles_and_lights",
            "CANDLE CANDLES CANDLEHOLDER T-LIGHT T-LIGHTS TLIGHT LANTERN LANTERNS LIGHT LIGHTS LAMP LAMPSHADE "
            + "CHANDELIER INCENSE VOTIVE LED TORCH"),
        ("bags",
            "BAG BAGS SHOPPER TOTE RUCKSACK BACKPACK SUITCASE WALLET PURSE SATCHEL HOLDALL"),
        ("party",
            "PARTY BUNTING BALLOON BALLOONS GARLAND NAPKIN NAPKINS BIRTHDAY CONE CONFETTI DOILY DOILEY DOILIES "
            + "STRAWS"),
        ("baking",
            "BAKING CAKE CAKES CAKESTAND COOKIE CUTTER CUTTERS MOULD MOULDS RECIPE MUFFIN CUPCAKE JELLY SCALES "
            + "MEASURING ROLLING BISCUIT JAM PANTRY APRON BREAD"),
        ("tableware",
            "MUG MUGS CUP CUPS TEACUP SAUCER PLATE PLATES BOWL BOWLS CUTLERY GLASS GLASSES TUMBLER GOBLET JUG "
            + "TEAPOT TRAY EGG COASTER COASTERS PLACEMAT PLACEMATS BEAKER DISH SPOON SPOONS DECANTER TEA COFFEE "
            + "LUNCH SNACK POPCORN PICNIC"),
        ("kitchen",
            "KITCHEN OVEN SPICE MILK PAN JAR JARS BOTTLE TOWEL TOWELS SUGAR MAGNET MAGNETS HERB COLANDER GRATER "
            + "FOOD FRIDGE CONTAINER"),
        ("stationery",
            "CARD CARDS WRAP NOTEBOOK PENCIL PENCILS PEN PENS STICKER STICKERS PAPER TISSUE TISSUES ENVELOPE BOOK "
            + "SKETCHBOOK NOTE TAGS TAG STAMP RULER CALCULATOR MEMO TAPE POSTCARD JOURNAL DIARY CHALKBOARD CHALK "
            + "BLACKBOARD ERASER ERASERS CLIPBOARD JOTTER"),
        ("craft",
            "FELTCRAFT FELT SEWING RIBBON RIBBONS KNITTING CRAFT BUTTON BUTTONS PATCH PATCHES FABRIC KNITTED "
            + "CROCHET MAKING PAINT PAINTING WOOL SEQUIN"),
        ("toys_and_games",
            "TOY TOYS GAME GAMES DOLL DOLLS JIGSAW PUZZLE DOMINOES BABUSHKA PLAYHOUSE HARMONICA SKIPPING SPINNING "
            + "SOLDIER RACING PLAYING LUDO CHESS BALL PLASTERS GLIDER KALEIDOSCOPE CHILDRENS CHILDS KIDS BABY "
            + "NURSERY ROBOT CAR CARS TRAIN BLOCK BLOCKS"),
        ("jewellery",
            "NECKLACE BRACELET EARRINGS EARRING RING BROOCH BANGLE JEWELLERY CHARM HAIR HAIRCLIP HAIRCLIPS "
            + "TRINKET KEYRING KEY-RING CHOKER"),
        ("garden",
            "GARDEN GARDENERS WATERING PLANT PLANTER BIRDHOUSE FEEDER PARASOL GROW SEEDS SHED TROWEL KNEELING ANT "
            + "THERMOMETER BUCKET GNOME POT POTS WINDMILL TOADSTOOL FLOWERPOT"),
        ("bath_and_warmth",
            "BATH BATHROOM SOAP SPONGE WASHBAG WARMER WARMERS SLIPPERS TOILET UMBRELLA SCARF BLANKET TOOTHBRUSH"),
        ("clocks_and_frames",
            "CLOCK CLOCKS FRAME FRAMES PICTURE PHOTO MIRROR WATCH ALBUM CANVAS PRINT"),
        ("storage",
            "BOX BOXES TIN TINS STORAGE DRAWER DRAWERS CABINET BASKET BASKETS HOOK HOOKS HANGER HANGERS RACK "
            + "SHELF SHELVES PEG PEGS CRATE BIN CHEST ORGANISER STAND KNOB KNOBS"),
        ("textiles_and_mats",
            "CUSHION CUSHIONS DOORMAT RUG MAT QUILT THROW CURTAIN PADS DOORSTOP TABLECLOTH PILLOW STOOL CHAIR "
            + "TABLE"),
        ("decoration",
            "SIGN SIGNS DECORATION DECORATIONS DECORATIVE HANGING HEART HEARTS ORNAMENT BELL BELLS BIRD BIRDS "
            + "FLOWER FLOWERS STAR STARS WALL WORD LETTER ALPHABET FLAG VASE ROSE ROSES ANGEL CHERUB FAIRY "
            + "BUTTERFLY CAGE PLAQUE DOVE CHIME MOBILE GLOBE BANK HOLDER DOOR ZINC METAL WOODEN WICKER"),
    ];

    private static readonly Dictionary<string, int> RankByWord = Categories
        .SelectMany((category, rank) => category.Words.Split(' ').Select(word => (word, rank)))
        .ToDictionary(x => x.word, x => x.rank, StringComparer.OrdinalIgnoreCase);

    internal static IEnumerable<string> Names => Categories.Select(category => category.Name);

    /// <returns>Empty when no word of the description tells a category.</returns>
    internal static string Of(string description)
    {
        int best = Categories.Length;
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ranks = RankByWord.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range part in description.AsSpan().SplitAny(' ', ',', '.', '/', '+', '"', '(', ')', '&', ':'))
            if (ranks.TryGetValue(description.AsSpan(part), out int rank)) best = Math.Min(best, rank);
        return best == Categories.Length ? "" : Categories[best].Name;
    }
}
