package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thalweg.optim.expr.Expr.ReductionKind;
import org.thalweg.optim.random.Normal;

/**
 * Writes the body of {@link Kernel#run}: a loop over vectors where there are any, then one over the elements that are left.
 * Both add in the same lanes, so that a kernel with vectors and one without give the same bits.
 */
final class LoopEmitter {
    private static final int ARRAYS = 1;
    private static final int OFFSETS = 2;
    private static final int BASE = 3;
    private static final int COUNT = 5;
    private static final int SCALARS = 6;
    private static final int SUMS = 7;
    private static final int KEYS = 8;
    private static final int KEY_OF_ROUNDING = 0;
    private static final int NO_LOCAL = -1;
    private static final ClassDesc NATIVE_MEMORY = ClassDesc.of(NativeMemory.class.getName());
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");

    private final CodeBuilder code;
    private final Loop loop;
    private final List<Place> places;
    private final int[] arrays;
    /** For arrays on the heap the index of the range's first element, an int; for others its byte offset or address, a long. */
    private final int[] starts;

    private final int firstNoise;
    /** Keys of random numbers by their place among them. */
    private final Map<Integer, Key> keys = new HashMap<>();

    private final int index;

    /** The locals of a key's halves. */
    private record Key(int lower, int upper) {}

    /** @param places where the arrays lie */
    LoopEmitter(CodeBuilder code, Loop loop, List<Place> places) {
        this.code = code;
        this.loop = loop;
        this.places = places;
        this.firstNoise =
                (int) places.stream().takeWhile(place -> !place.isNoise()).count();
        int count = 1 + loop.arrays().stream().mapToInt(i -> i).max().orElse(0);
        this.arrays = new int[count];
        this.starts = new int[count];
        this.index = code.allocateLocal(TypeKind.INT);
    }

    void emit(Lanes lanes) {
        loop.arrays().forEach(this::unpack);
        code.iconst_0().istore(index);
        if (lanes instanceof VectorLanes vectors) {
            vectorLoop(vectors);
        }
        loop(new ScalarLanes(), 1, COUNT);
        code.return_();
    }

    private void vectorLoop(VectorLanes lanes) {
        int sumVectors = loop.sums() * Kernel.LANES / lanes.width();
        int firstSum = code.allocateLocal(TypeKind.REFERENCE);
        for (int i = 1; i < sumVectors; i++) {
            code.allocateLocal(TypeKind.REFERENCE);
        }
        for (int i = 0; i < sumVectors; i++) {
            lanes.zeroSum(code);
            code.astore(firstSum + i);
        }
        int bound = code.allocateLocal(TypeKind.INT);
        int turn = readsPairs() ? Normal.BLOCK : Kernel.LANES;
        code.iload(COUNT).loadConstant(-turn).iand().istore(bound);
        new Body(lanes, firstSum).loop(turn / lanes.width(), bound);
        for (int i = 0; i < sumVectors; i++) {
            lanes.flush(code, firstSum + i, SUMS, i * lanes.width());
        }
    }

    private boolean readsPairs() {
        return loop.arrays().stream().anyMatch(array -> places.get(array) == Place.NOISE);
    }

    private void loop(Lanes lanes, int parts, int bound) {
        new Body(lanes, SUMS).loop(parts, bound);
    }

    /** Takes an array out of the arguments into locals. */
    private void unpack(int array) {
        Place place = places.get(array);
        if (place.isNoise()) {
            keys.computeIfAbsent(keyOfNoise(array), this::unpackKey);
            return;
        }
        if (place == Place.BFLOAT16_STOCHASTIC) {
            keys.computeIfAbsent(KEY_OF_ROUNDING, this::unpackKey);
        }
        boolean onHeap = place == Place.HEAP;
        arrays[array] = code.allocateLocal(TypeKind.REFERENCE);
        starts[array] = code.allocateLocal(onHeap ? TypeKind.INT : TypeKind.LONG);
        code.aload(ARRAYS).loadConstant(array).aaload();
        code.checkcast(onHeap ? CD_float.arrayType() : SEGMENT).astore(arrays[array]);
        code.lload(BASE);
        if (onHeap) {
            code.aload(OFFSETS).loadConstant(array).laload().ladd().l2i().istore(starts[array]);
            return;
        }
        code.loadConstant(place.shift()).lshl();
        if (NativeMemory.GRANTED) {
            code.aload(arrays[array])
                    .invokeinterface(SEGMENT, "address", MethodTypeDesc.of(CD_long))
                    .ladd();
        }
        code.lstore(starts[array]);
    }

    /** Noises come last among the arrays, and their keys in the same order after that of rounding. */
    private int keyOfNoise(int array) {
        return KEY_OF_ROUNDING + 1 + array - firstNoise;
    }

    private Key unpackKey(int number) {
        Key key = new Key(code.allocateLocal(TypeKind.INT), code.allocateLocal(TypeKind.INT));
        code.aload(KEYS).loadConstant(number).laload().dup2();
        code.l2i().istore(key.lower());
        code.loadConstant(Integer.SIZE).lushr().l2i().istore(key.upper());
        return key;
    }

    /** One loop at one width. */
    private final class Body {
        private final Lanes lanes;
        private final int sums;
        private final int[] spread = new int[loop.ops().size()];
        /** The locals of this turn's random numbers, by what they are drawn for. */
        private final Map<Integer, Integer> randoms = new HashMap<>();
        /** Pairs of noise of this turn of the loop, by array and part. */
        private final Map<Integer, NormalVectors.Pair> pairs = new HashMap<>();

        Body(Lanes lanes, int sums) {
            this.lanes = lanes;
            this.sums = sums;
        }

        /** @param parts how many values of the width one turn of the loop takes */
        void loop(int parts, int bound) {
            spreadScalars();
            Label test = code.newLabel();
            Label top = code.newLabel();
            code.goto_(test).labelBinding(top);
            for (int part = 0; part < parts; part++) {
                turn(part);
            }
            code.iinc(index, parts * lanes.width());
            code.labelBinding(test).iload(index).iload(bound).if_icmplt(top);
        }

        private void spreadScalars() {
            List<Op> ops = loop.ops();
            for (int i = 0; i < ops.size(); i++) {
                if (ops.get(i) instanceof Op.Scalar(int slot)) {
                    int local = code.allocateLocal(lanes.kind());
                    code.aload(SCALARS).loadConstant(slot).faload();
                    lanes.spread(code);
                    code.storeLocal(lanes.kind(), local);
                    spread[i] = local;
                }
            }
        }

        private void turn(int part) {
            randoms.clear();
            int[] locals = spread.clone();
            List<Op> ops = loop.ops();
            for (int i = 0; i < ops.size(); i++) {
                emit(i, ops.get(i), locals, part);
            }
        }

        private void emit(int number, Op op, int[] locals, int part) {
            switch (op) {
                case Op.Scalar _ -> {}
                case Op.Store(int array, int x) -> {
                    int random = places.get(array) == Place.BFLOAT16_STOCHASTIC ? random(array, part) : NO_LOCAL;
                    position(array, part);
                    lanes.store(code, places.get(array), locals[x], random);
                }
                case Op.Accumulate(int sum, ReductionKind kind, int x) -> accumulate(sum, kind, locals[x], part);
                case Op.Load(int array) -> {
                    load(array, part);
                    define(number, locals);
                }
                case Op.Unary(var unary, int x) -> {
                    code.loadLocal(lanes.kind(), locals[x]);
                    lanes.unary(code, unary);
                    define(number, locals);
                }
                case Op.Binary(var binary, int x, int y) -> {
                    code.loadLocal(lanes.kind(), locals[x]).loadLocal(lanes.kind(), locals[y]);
                    lanes.binary(code, binary);
                    define(number, locals);
                }
                case Op.FusedMultiplyAdd(int x, int y, int z) -> {
                    code.loadLocal(lanes.kind(), locals[x]).loadLocal(lanes.kind(), locals[y]);
                    code.loadLocal(lanes.kind(), locals[z]);
                    lanes.fusedMultiplyAdd(code);
                    define(number, locals);
                }
                case Op.Select(var comparison, int x, int y, int yes, int no) -> {
                    lanes.select(code, comparison, locals[x], locals[y], locals[yes], locals[no]);
                    define(number, locals);
                }
                case Op.Host _, Op.Reduce _ -> throw new IllegalStateException(op + " does not belong in a loop");
            }
        }

        private void load(int array, int part) {
            Place place = places.get(array);
            if (place == Place.NOISE && lanes instanceof VectorLanes vectors) {
                code.aload(noise(array, part, vectors));
            } else if (place.isNoise()) {
                elementAndKey(part, keyOfNoise(array), 0);
                lanes.noise(code);
            } else {
                position(array, part);
                lanes.load(code, place);
            }
        }

        /** The local of this part's noise; a part of a block's first half makes that of the part it is paired with too. */
        private int noise(int array, int part, VectorLanes vectors) {
            int parts = Normal.HALF / vectors.width();
            int first = part % parts;
            NormalVectors.Pair pair = pairs.computeIfAbsent(array * parts + first, _ -> {
                elementAndKey(first, keyOfNoise(array), 0);
                return new NormalVectors(code, vectors).pair();
            });
            return part < parts ? pair.first() : pair.second();
        }

        private void define(int number, int[] locals) {
            int local = code.allocateLocal(lanes.kind());
            code.storeLocal(lanes.kind(), local);
            locals[number] = local;
        }

        /** Leaves the array, or all native memory, and the position of this part's first element there. */
        private void position(int array, int part) {
            int ahead = part * lanes.width();
            Place place = places.get(array);
            if (place == Place.HEAP) {
                code.aload(arrays[array]).iload(starts[array]).iload(index).iadd();
                if (ahead > 0) {
                    code.loadConstant(ahead).iadd();
                }
            } else {
                segment(array);
                code.lload(starts[array])
                        .iload(index)
                        .i2l()
                        .loadConstant(place.shift())
                        .lshl()
                        .ladd();
                if (ahead > 0) {
                    code.loadConstant((long) ahead * place.bytes()).ladd();
                }
            }
        }

        private void segment(int array) {
            if (NativeMemory.GRANTED) {
                code.getstatic(NATIVE_MEMORY, "ALL", SEGMENT);
            } else {
                code.aload(arrays[array]);
            }
        }

        /** 16 random bits for each element of this part, in a local; an even array and the odd one after it share a draw. */
        private int random(int array, int part) {
            int draw = randoms.computeIfAbsent(array / 2, pair -> {
                elementAndKey(part, KEY_OF_ROUNDING, pair * BFloat16.NEXT_STREAM);
                lanes.random(code);
                return stored();
            });
            code.loadLocal(lanes.integers(), draw);
            lanes.half(code, array % 2 == 1);
            return stored();
        }

        /** Leaves the number of this part's first element, and the halves of a key, its lower one moved on. */
        private void elementAndKey(int part, int number, int ahead) {
            Key key = Objects.requireNonNull(keys.get(number));
            code.lload(BASE).l2i().iload(index).iadd();
            code.loadConstant(part * lanes.width()).iadd();
            code.iload(key.lower()).loadConstant(ahead).iadd().iload(key.upper());
        }

        private int stored() {
            int local = code.allocateLocal(lanes.integers());
            code.storeLocal(lanes.integers(), local);
            return local;
        }

        private void accumulate(int sum, ReductionKind kind, int value, int part) {
            boolean squares = kind == ReductionKind.SUM_OF_SQUARES;
            switch (lanes) {
                case VectorLanes vectors -> {
                    int perSum = Kernel.LANES / vectors.width();
                    vectors.accumulate(code, value, squares, sums + sum * perSum + part % perSum);
                }
                case ScalarLanes _ -> accumulateElement(sum, value, squares);
            }
        }

        private void accumulateElement(int sum, int value, boolean squares) {
            code.aload(sums);
            code.iload(index)
                    .loadConstant(Kernel.LANES - 1)
                    .iand()
                    .loadConstant(sum * Kernel.LANES)
                    .iadd();
            code.dup2().daload();
            code.fload(value).f2d();
            if (squares) {
                code.dup2().dmul();
            }
            code.dadd().dastore();
        }
    }
}
